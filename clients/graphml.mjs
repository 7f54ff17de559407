// Reads the graph as GraphML with graphology: nodes, directed edges, and their values. The service's address is the script's only
// argument.
import assert from "node:assert/strict";
import graphology from "graphology";
import graphml from "graphology-graphml/node/index.js";

const base = process.argv[2];
const get = async (path) => {
  const response = await fetch(new URL(path, base));
  assert.equal(response.status, 200, path);
  return response.text();
};
const { MultiDirectedGraph } = graphology;
const read = (text) => graphml.parse(MultiDirectedGraph, text, { addMissingNodes: false });

const graph = read(await get("/export/graph.graphml"));
const claims = await (await fetch(new URL("/api/v1/rows/claims.json", base))).json();
const arabic = read(await get("/export/graph.graphml?lang=ar"));
assert.equal(graph.size, claims.length);
assert.ok(graph.order > 500, `${graph.order} nodes`);
assert.match(arabic.getNodeAttribute("SDG_TARGET/16.6", "label"), /\p{Script=Arabic}/u);
assert.match(graph.getNodeAttribute("SDG_TARGET/16.6", "label"), /[A-Za-z]/);
assert.equal(graph.getNodeAttribute("SDG_TARGET/16.6", "goal"), "16");
graph.forEachEdge((edge, values) => {
  assert.ok(values.weight > 0 && values.weight <= 1, `${edge}: ${values.weight}`);
  assert.equal(typeof values.net, "number");
  assert.ok(values.interaction && values.basis, edge);
});
const part = read(await get(`/export/graph.graphml?filter=${encodeURIComponent('{"countries":["EGY"]}')}`));
assert.ok(part.size > 0 && part.size < graph.size && part.order < graph.order);
part.forEachNode((node) => assert.ok(part.degree(node) > 0, node));
console.log(`${graph.order} nodes, ${graph.size} edges; of Egypt ${part.order} nodes, ${part.size} edges`);
