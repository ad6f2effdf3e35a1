// Verifies a token with nothing of ours: discovery, published keys and a library that others wrote.
// Arguments: the server's address, the token, the audience, and the issuer when it is not the server's own.
import { createRemoteJWKSet, jwtVerify } from "jose";

const [server, token, audience, issuer] = process.argv.slice(2);
const discovery = await (await fetch(`${server}/.well-known/openid-configuration`)).json();
const keys = createRemoteJWKSet(new URL(discovery.jwks_uri));
const { payload } = await jwtVerify(token, keys, {
  issuer: issuer ?? discovery.issuer,
  audience,
  algorithms: discovery.id_token_signing_alg_values_supported,
});
console.log(JSON.stringify(payload));
