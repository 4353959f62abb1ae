// A real OpenID provider for tests, in memory: `node e2e/oidc-provider.mjs '{"clients": […], "accounts": {…}}'`.
// Says where it is in one line of JSON, and stops when its standard input ends.
// POST /test changes what it does from then on: { accounts, attack, login }.
import { createHmac, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const { port = 0, ...options } = JSON.parse(process.argv[2] ?? "{}");
const state = { accounts: options.accounts ?? {}, attack: null, login: {} };

const keys = ["first", "second", "foreign"].map((kid) => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { kid, privateKey };
});
const privateJwk = ({ kid, privateKey }) => ({
  ...privateKey.export({ format: "jwk" }),
  kid,
  use: "sig",
  alg: "RS256",
});

const base64 = (value) => Buffer.from(value).toString("base64url");
const decoded = (token) =>
  token
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url")));

function signed(header, claims, key = keys[0]) {
  const input = `${base64(JSON.stringify(header))}.${base64(JSON.stringify(claims))}`;
  return `${input}.${sign("RSA-SHA256", Buffer.from(input), key.privateKey).toString("base64url")}`;
}

/** What an attacker, or a broken provider, would make of a token. */
function forged(token, attack) {
  const [header, claims] = decoded(token);
  const now = Math.floor(Date.now() / 1000);
  const other = (changed) => signed(header, { ...claims, ...changed });
  switch (attack) {
    case "none":
      return `${base64(JSON.stringify({ ...header, alg: "none" }))}.${base64(JSON.stringify(claims))}.`;
    case "hs256": {
      // The public key as a shared secret, as some libraries once took it.
      const pem = createPublicKey(keys[0].privateKey).export({ format: "pem", type: "spki" });
      const input = `${base64(JSON.stringify({ ...header, alg: "HS256" }))}.${base64(JSON.stringify(claims))}`;
      return `${input}.${createHmac("sha256", pem).update(input).digest("base64url")}`;
    }
    case "foreign key":
      return signed(header, claims, keys[2]);
    case "unknown key":
      return signed({ ...header, kid: "foreign" }, claims, keys[2]);
    case "new key":
      return signed({ ...header, kid: "second" }, claims, keys[1]);
    case "altered":
      return token.replace(/\.[^.]+\./u, `.${base64(JSON.stringify({ ...claims, sub: "somebody" }))}.`);
    case "another nonce":
      return other({ nonce: "another" });
    case "no nonce":
      return other({ nonce: undefined });
    case "another audience":
      return other({ aud: "another" });
    case "another party":
      return other({ aud: [claims.aud, "another"], azp: "another" });
    case "no party":
      return other({ aud: [claims.aud, "another"], azp: undefined });
    case "another issuer":
      return other({ iss: "https://elsewhere.example" });
    case "expired":
      return other({ exp: now - 300 });
    case "from the future":
      return other({ iat: now + 3600, exp: now + 7200 });
    case "never ends":
      return other({ exp: undefined });
    case "another access token":
      return other({ at_hash: "AAAAAAAAAAAAAAAAAAAAAA" });
    case "no subject":
      return other({ sub: undefined });
    default:
      return token;
  }
}

function provider(issuer) {
  const made = new Provider(issuer, {
    clients: options.clients,
    jwks: { keys: [privateJwk(keys[0])] },
    cookies: { keys: ["only for tests"] },
    claims: {
      openid: ["sub", "sid", "acr", "amr"],
      school: [
        "eckId",
        "uid",
        "eduPersonAffiliation",
        "nlEduPersonHomeOrganizationId",
        "nlEduPersonHomeOrganizationBranchId",
        "schac_home_organization",
        "eduperson_affiliation",
        "uids",
        "email",
      ],
    },
    ttl: {
      IdToken: 300,
      AccessToken: 300,
      AuthorizationCode: 60,
      Grant: 3600,
      Session: 3600,
      Interaction: 600,
    },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    // Its own guard keeps it off this machine, which is where everything stands here.
    fetch: (address, { dispatcher, ...request }) => fetch(address, request),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) =>
      accountId in state.accounts
        ? { accountId, claims: () => ({ sub: accountId, ...state.accounts[accountId] }) }
        : undefined,
    async loadExistingGrant({ oidc }) {
      const grant = new made.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid school");
      await grant.save();
      return grant;
    },
  });
  made.use(async (ctx, next) => {
    if (state.attack === "out of order" && ctx.path === "/token") ctx.throw(503);
    await next();
    if (ctx.path === "/token" && ctx.body?.id_token)
      ctx.body.id_token = forged(ctx.body.id_token, state.attack);
    if (ctx.path === "/me" && state.attack === "another person") ctx.body.sub = "somebody";
    if (ctx.path === "/jwks" && state.attack === "new key") {
      const { kty, e, n } = privateJwk(keys[1]);
      ctx.body.keys = [...ctx.body.keys, { kty, e, n, kid: "second", use: "sig" }];
    }
  });
  return made;
}

async function read(request) {
  let body = "";
  for await (const part of request) body += part;
  return JSON.parse(body);
}

/** Stands for the login page of a school: one chooses who one is. */
async function interaction(made, url, request, response) {
  const account = url.searchParams.get("account");
  if (account === null) {
    const names = Object.keys(state.accounts).map(
      (name) => `<li><a href="?account=${encodeURIComponent(name)}">${name}</a></li>`,
    );
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><html lang="nl"><title>School</title><h1>Wie ben je?</h1><ul>${names}</ul></html>`,
    );
    return;
  }
  const result =
    account === "" ? { error: "access_denied" } : { login: { accountId: account, ...state.login } };
  await made.interactionFinished(request, response, result);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, issuer);
  if (url.pathname === "/test") {
    Object.assign(state, await read(request));
    response.end("{}");
  } else if (url.pathname.startsWith("/interaction/")) {
    await interaction(made, url, request, response);
  } else {
    callback(request, response);
  }
});
await new Promise((ready) => server.listen(port, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;
const made = provider(issuer);
const callback = made.callback();
process.stdout.write(`${JSON.stringify({ issuer })}\n`);
process.stdin.resume().on("end", () => process.exit(0));
