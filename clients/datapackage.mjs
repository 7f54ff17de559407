// Reads the rows with the reference library of the Data Package standard: the profile, every value by its schema, and every
// foreign key. The service's address is the script's only argument.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Package } from "datapackage";

const address = new URL("/api/v1/rows/datapackage.json", process.argv[2]).href;
const rows = await Package.load(address, { strict: true });
assert.deepEqual(rows.errors, []);
assert.equal(rows.valid, true);

let values = 0;
for (const resource of rows.resources) {
  const { name, path, bytes, hash } = resource.descriptor;
  const file = Buffer.from(await (await fetch(new URL(path, address))).arrayBuffer());
  assert.equal(file.length, bytes, name);
  assert.equal(`sha256:${createHash("sha256").update(file).digest("hex")}`, hash, name);
  const read = await resource.read({ relations: true });
  assert.ok(read.length > 0, name);
  values += read.length * resource.headers.length;
}
const keys = rows.resources.flatMap((resource) => resource.schema.foreignKeys);
assert.ok(keys.length > 20, `${keys.length} foreign keys`);
console.log(`${rows.resources.length} files, ${values} values, ${keys.length} foreign keys`);
