# A mail server for tests on Debian's python3-aiosmtpd: keeps what it takes as files, refuses what its recipients are named after.
# With a certificate it offers STARTTLS, and signing in also without it: that is for the client to refuse.
import asyncio, os, ssl, sys, uuid
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder, user, password, port, certificate, key = sys.argv[1:7]


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "unknown":
            return "550 5.1.1 No such mailbox here"
        if name == "busy":
            return "451 4.3.2 Try again later"
        if name == "slow":
            await asyncio.sleep(30)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("spam@"):
            return "554 5.7.1 This looks like spam"
        path = os.path.join(folder, uuid.uuid4().hex)
        with open(path + ".part", "wb") as file:
            file.write(envelope.content)
        os.rename(path + ".part", path + ".eml")
        return "250 2.0.0 Taken"


def check(server, session, envelope, mechanism, data):
    ok = isinstance(data, LoginPassword) and data.login == user.encode() and data.password == password.encode()
    return AuthResult(success=ok, handled=False)


def noted(command):
    method = getattr(SMTP, command)

    async def run(self, argument):
        with open(os.path.join(folder, "commands"), "a") as file:
            file.write(f"{command[5:]} {self.session.ssl['ssl_object'].version() if self.session.ssl else 'clear'}\n")
        await method(self, argument)

    return run


class Server(SMTP):
    auth_login = SMTP.auth_LOGIN  # .NET names the mechanism in small letters
    smtp_STARTTLS, smtp_AUTH, smtp_MAIL = noted("smtp_STARTTLS"), noted("smtp_AUTH"), noted("smtp_MAIL")


async def main():
    loop = asyncio.get_running_loop()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if certificate else None
    if tls:
        tls.load_cert_chain(certificate, key)
    options = dict(auth_required=bool(user), auth_require_tls=False, authenticator=check, tls_context=tls, loop=loop)
    make = lambda: Server(Handler(), hostname="tests", **options)
    server = await loop.create_server(make, "127.0.0.1", int(port))
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
