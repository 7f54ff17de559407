// graphql-request: every example, and an error.
import assert from "node:assert/strict";
import { ClientError, GraphQLClient } from "graphql-request";
import { examples } from "./examples.mjs";
import { endpoint } from "./service.mjs";

const client = new GraphQLClient(endpoint);
for (const { name, document, variables } of examples) {
  assert.ok(await client.request(document, variables), name);
}
const refused = await client.request("{ sdgTarget { code } }").then(() => assert.fail("a missing argument must be refused"), (error) => error);
assert.ok(refused instanceof ClientError, `${refused}`);
assert.equal(refused.response.errors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
console.log(`${examples.length} examples`);
