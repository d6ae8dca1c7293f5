// The official Bluesky server with a directory of its own in memory, both on loopback.
// Start it from the folder that install-pds.sh filled; it prints one line of JSON when it is ready.
import fs from "node:fs/promises";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.cwd(), "installed.js"));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { PDS } = await load("@atproto/pds");
const plc = (await load("@did-plc/server")).default;

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const data = await fs.mkdtemp(path.join(os.tmpdir(), "oyez-pds-"));
const [plcPort, port] = [await freePort(), Number(process.env.PDS_PORT) || (await freePort())];

const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: plcPort });
await directory.start();
const server = await PDS.fromEnv({
  devMode: true,
  hostname: "localhost",
  port,
  dataDirectory: data,
  blobstoreDiskLocation: path.join(data, "blobs"),
  didPlcUrl: `http://localhost:${plcPort}`,
  serviceHandleDomains: [".test"],
  inviteRequired: false,
  rateLimitsEnabled: false,
  disableSsrfProtection: true,
  adminPassword: "only-for-tests",
  jwtSecret: "only-for-tests",
  dpopSecret: "00".repeat(32),
  plcRotationKeyK256PrivateKeyHex: "11".repeat(32),
  bskyAppViewUrl: "https://appview.invalid",
  bskyAppViewDid: "did:example:invalid",
});
await server.start();

const stop = async () => {
  await server.destroy();
  await directory.destroy();
  await fs.rm(data, { recursive: true, force: true });
  process.exit(0);
};
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
console.log(JSON.stringify({ ready: true, port }));
