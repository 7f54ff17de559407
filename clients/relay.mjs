// Relay: its compiler on the service's schema, then its runtime: pages joined by @connection, and a list and a node
// refetched by @refetchable through Query.node.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import relay from "relay-runtime";
import { endpoint, sdl } from "./service.mjs";

const { Environment, Network, RecordSource, Store, createOperationDescriptor, fetchQuery, getSelector } = relay;

const generated = new URL("./generated/", import.meta.url);
mkdirSync(new URL("relay/", generated), { recursive: true });
writeFileSync(new URL("package.json", generated), '{"type": "commonjs"}'); // the compiler writes CommonJS modules
writeFileSync(new URL("schema.graphql", generated), await sdl());
execFileSync("npx", ["--no-install", "relay-compiler", "relay.config.json"], { cwd: new URL(".", import.meta.url), stdio: "pipe" });

const require = createRequire(generated);
const artifact = (name) => require(`./relay/operations${name}.graphql.js`);

const environment = new Environment({
  store: new Store(new RecordSource()),
  network: Network.create(async ({ text, name }, variables) => {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
      body: JSON.stringify({ query: text, operationName: name, variables }),
    });
    assert.equal(response.status, 200, name);
    return response.json();
  }),
});

/** Sends a query and returns the data of its root fragment in the store. */
async function send(query, variables) {
  await fetchQuery(environment, query, variables).toPromise();
  const operation = createOperationDescriptor(query, variables);
  environment.retain(operation);
  return environment.lookup(operation.fragment).data;
}

/** Returns the data of a fragment in the store, by the reference of its parent. */
const read = (fragment, parent) => environment.lookup(getSelector(fragment, parent)).data;

// All pages of a list, joined under one connection.
const list = artifact("Recommendations");
const root = await send(artifact("RecommendationsQuery"), { count: 5, cursor: null });
let { recommendations } = read(list, root);
const pageQuery = artifact("RecommendationsPageQuery");
while (recommendations.pageInfo.hasNextPage) {
  await send(pageQuery, { count: 5, cursor: recommendations.pageInfo.endCursor });
  ({ recommendations } = read(list, root));
}
assert.ok(recommendations.totalCount > 5);
assert.equal(recommendations.edges.length, recommendations.totalCount, "all pages must be joined");

// A node is refetched by its id in another language.
const one = artifact("Recommendation");
const inArabic = read(one, recommendations.edges[0].node).title.value;
const again = await send(artifact("RecommendationAgainQuery"), { id: recommendations.edges[0].node.__id, lang: ["EN"] });
const inEnglish = read(one, again.node).title.value;
assert.match(inArabic, /\p{Script=Arabic}/u);
assert.match(inEnglish, /^\P{Script=Arabic}+$/u);

// The next page of a list below a node is fetched by the node's id.
const below = artifact("Target");
const { sdgTarget } = await send(artifact("TargetQuery"), { code: "16.6" });
const first = read(below, sdgTarget).recommendations;
assert.equal(first.edges.length, 2);
await send(artifact("TargetPageQuery"), { id: sdgTarget.id, count: 2, cursor: first.pageInfo.endCursor });
const joined = read(below, sdgTarget).recommendations;
assert.equal(joined.edges.length, 4);
assert.equal(new Set(joined.edges.map(({ node }) => node.code)).size, 4);

// The store must not merge two changes of one record.
const log = artifact("ChangesQuery");
const { changes } = await send(log, {});
const [created] = changes.nodes;
const updated = { ...created, sequence: created.sequence + 1, action: "UPDATED" };
const operation = createOperationDescriptor(log, {});
environment.commitPayload(operation, { changes: { nodes: [created, updated] } });
const { nodes } = environment.lookup(operation.fragment).data.changes;
assert.deepEqual(nodes.map(({ action }) => action), ["CREATED", "UPDATED"]);
assert.equal(nodes[0].record.id, nodes[1].record.id);

console.log(`${recommendations.totalCount} recommendations in pages, a node fetched again, a list below a node continued`);
