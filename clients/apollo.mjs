// Apollo Client: every example, the cache, pages merged by relayStylePagination, and an error.
import assert from "node:assert/strict";
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client/core/index.js";
import { relayStylePagination } from "@apollo/client/utilities/index.js";
import { examples } from "./examples.mjs";
import { endpoint, introspect } from "./service.mjs";

let requests = 0;
const counted = (...call) => (requests++, fetch(...call));

const client = new ApolloClient({
  link: new HttpLink({ uri: endpoint, fetch: counted }),
  cache: new InMemoryCache({
    possibleTypes: await possibleTypes(),
    typePolicies: { Query: { fields: { recommendations: relayStylePagination() } } },
  }),
});

/** The possible types of interfaces and unions, which Apollo's cache needs to match fragments. */
async function possibleTypes() {
  const abstract = (await introspect()).types.filter((type) => type.possibleTypes);
  return Object.fromEntries(abstract.map((type) => [type.name, type.possibleTypes.map(({ name }) => name)]));
}

for (const { name, document, variables } of examples) {
  const query = gql(document);
  const { data, error } = await client.query({ query, variables });
  assert.equal(error, undefined, name);
  assert.ok(data, name);
  const before = requests;
  const again = await client.query({ query, variables });
  assert.equal(requests, before, `${name}: the second query must be answered from the cache`);
  assert.deepEqual(again.data, data, name);
}

const RECOMMENDATIONS = gql`
  query Recommendations($after: String) {
    recommendations(first: 5, after: $after) { totalCount edges { cursor node { id code } } pageInfo { hasNextPage endCursor } }
  }
`;
const watched = client.watchQuery({ query: RECOMMENDATIONS });
const arrived = await new Promise((resolve) => watched.subscribe((result) => result.loading || resolve(result)));
let page = arrived.data.recommendations;
while (page.pageInfo.hasNextPage) {
  page = (await watched.fetchMore({ variables: { after: page.pageInfo.endCursor } })).data.recommendations;
}
const { recommendations } = client.readQuery({ query: RECOMMENDATIONS });
assert.equal(recommendations.edges.length, recommendations.totalCount, "all pages must be merged");
assert.equal(new Set(recommendations.edges.map(({ node }) => node.id)).size, recommendations.totalCount);

const refused = await client
  .query({ query: gql`{ recommendations(first: 101) { totalCount } }`, fetchPolicy: "network-only" })
  .then(() => assert.fail("first: 101 must be refused"), (error) => error);
assert.ok(CombinedGraphQLErrors.is(refused), `${refused}`);
assert.equal(refused.errors[0].extensions.code, "BAD_PAGE");

// If one widget fails, the others have data, and the error lists the nearest codes.
const partial = await client.query({
  query: gql`{ country(code: "EGY") { id code } dashboard(filter: { countries: ["EYG"] }) { snapshot } }`,
  errorPolicy: "all",
});
assert.equal(partial.data.country.code, "EGY");
assert.equal(partial.data.dashboard, null);
assert.deepEqual(partial.error.errors[0].path, ["dashboard"]);
assert.equal(partial.error.errors[0].extensions.nearest[0], "EGY");

// The cache stores nodes of all types, each under its own id.
const MIXED = gql`{ search(query: "digital", first: 100) { nodes {
  id __typename kind
  ... on Initiative { initiativeForm } ... on Organization { organizationForm } ... on Recommendation { recommendationForm }
  ... on Activity { activityForm activityStatus } ... on Output { outputForm } ... on Document { documentForm }
} } }`;
const mixed = (await client.query({ query: MIXED })).data.search.nodes;
assert.ok(new Set(mixed.map(({ __typename }) => __typename)).size > 3);
assert.deepEqual(client.readQuery({ query: MIXED }).search.nodes, mixed);

// The cache must not merge two changes of one record.
const CHANGES = gql`{ changes(first: 1) { nodes { sequence action record { id } } } }`;
const { changes } = (await client.query({ query: CHANGES })).data;
const [created] = changes.nodes;
const updated = { ...created, sequence: created.sequence + 1, action: "UPDATED" };
client.writeQuery({ query: CHANGES, data: { changes: { ...changes, nodes: [created, updated] } } });
assert.deepEqual(client.readQuery({ query: CHANGES }).changes.nodes.map(({ action }) => action), ["CREATED", "UPDATED"]);

console.log(`${examples.length} examples, ${requests} requests`);
client.stop();
