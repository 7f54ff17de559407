// urql: every example by POST and by GET, its document cache, and what it makes of a refusal.
import assert from "node:assert/strict";
import { Client, cacheExchange, fetchExchange } from "@urql/core";
import { examples } from "./examples.mjs";
import { endpoint } from "./service.mjs";

let requests = 0;
const counted = (...call) => (requests++, fetch(...call));

for (const preferGetMethod of [false, "force"]) {
  const client = new Client({ url: endpoint, fetch: counted, preferGetMethod, exchanges: [cacheExchange, fetchExchange] });
  for (const { name, document, variables } of examples) {
    const { data, error } = await client.query(document, variables).toPromise();
    assert.equal(error, undefined, `${name}: ${error}`);
    assert.ok(data, name);
    const before = requests;
    await client.query(document, variables).toPromise();
    assert.equal(requests, before, `${name}: the second time comes from the cache`);
  }
  const { error } = await client.query("{ nothing }", {}).toPromise();
  assert.equal(error.networkError, undefined, "a refusal is no failure of the network");
  assert.equal(error.graphQLErrors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
}

// A widget that fails leaves its siblings, and the error says which codes may be meant.
const client = new Client({ url: endpoint, preferGetMethod: false, exchanges: [cacheExchange, fetchExchange] });
const { data, error } = await client.query(`{ country(code: "EGY") { code } dashboard(filter: { countries: ["EYG"] }) { snapshot } }`, {}).toPromise();
assert.deepEqual(data.country.code, "EGY");
assert.equal(data.dashboard, null);
assert.equal(error.graphQLErrors[0].extensions.nearest[0], "EGY");
console.log(`${examples.length} examples by POST and by GET, ${requests} requests`);
