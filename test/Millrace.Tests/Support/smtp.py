# A mail server for tests on Debian's python3-aiosmtpd: keeps what it takes as files, refuses what its recipients are named after.
import asyncio, os, sys, uuid
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder, user, password, port = sys.argv[1:5]


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


class Server(SMTP):
    auth_login = SMTP.auth_LOGIN  # .NET names the mechanism in small letters


async def main():
    loop = asyncio.get_running_loop()
    make = lambda: Server(Handler(), hostname="tests", auth_required=bool(user), auth_require_tls=False, authenticator=check, loop=loop)
    server = await loop.create_server(make, "127.0.0.1", int(port))
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
