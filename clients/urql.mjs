// urql: every example by POST and by GET, the document cache, and an error.
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
    assert.equal(requests, before, `${name}: the second query must be answered from the cache`);
  }
  const { error } = await client.query("{ nothing }", {}).toPromise();
  assert.equal(error.networkError, undefined, "an error must not be a network error");
  assert.equal(error.graphQLErrors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
}

// If one widget fails, the others have data, and the error lists the nearest codes.
const client = new Client({ url: endpoint, preferGetMethod: false, exchanges: [cacheExchange, fetchExchange] });
const { data, error } = await client.query(`{ country(code: "EGY") { code } dashboard(filter: { countries: ["EYG"] }) { snapshot } }`, {}).toPromise();
assert.deepEqual(data.country.code, "EGY");
assert.equal(data.dashboard, null);
assert.equal(error.graphQLErrors[0].extensions.nearest[0], "EGY");
console.log(`${examples.length} examples by POST and by GET, ${requests} requests`);
