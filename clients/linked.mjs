// Reads the linked data with the reference libraries of JSON-LD and RDF: N-Quads and JSON-LD of the whole graph have the same
// canonical quads, also those of single records, and Turtle and the vocabulary are valid. The service's address is the script's only
// argument.
import assert from "node:assert/strict";
import jsonld from "jsonld";
import { Parser } from "n3";

const base = process.argv[2];
const get = async (path, accept = "*/*") => {
  const ask = () => fetch(new URL(path, base), { headers: { accept } });
  const response = await ask().catch(ask); // the service may have closed an idle connection while this script computed
  assert.equal(response.status, 200, `${path} as ${accept}`);
  return response.text();
};

// The context is in the file: a reader that has to fetch anything fails.
const documentLoader = (url) => {
  throw new Error(`the document names ${url}, which would have to be fetched`);
};
const canonical = (input, inputFormat) => jsonld.canonize(input, { algorithm: "RDFC-1.0", ...(inputFormat && { inputFormat }), documentLoader, safe: true });
const lines = (quads) => quads.trimEnd().split("\n");
const parse = (text, format) => new Parser({ format }).parse(text);

const nquads = await get("/export/graph.nq");
const fromQuads = lines(await canonical(nquads, "application/n-quads"));
const fromJSONLD = lines(await canonical(JSON.parse(await get("/export/graph.jsonld"))));
assert.deepEqual(fromJSONLD, fromQuads);
assert.ok(fromQuads.length > 10_000, `${fromQuads.length} quads`);
const distinct = (quads) => new Set(quads.map((q) => JSON.stringify([q.subject, q.predicate, q.object, q.graph].map((t) => t.toJSON())))).size;
const quads = parse(nquads, "N-Quads");
assert.equal(distinct(quads), fromQuads.length);
assert.ok(quads.every((q) => q.subject.termType === "NamedNode" && q.object.termType !== "BlankNode"));
const graphs = new Set(quads.map((q) => q.graph.value));
const triples = parse(await get("/export/graph.ttl"), "Turtle");
assert.equal(distinct(triples), distinct(quads.map((q) => ({ ...q, subject: q.subject, predicate: q.predicate, object: q.object, graph: triples[0].graph }))));

const vocabulary = parse(await get("/ns", "text/turtle"), "Turtle");
const terms = new Set(vocabulary.map((q) => q.subject.value));
const ours = "https://w3id.org/masar/ns#";
const used = new Set(quads.flatMap((q) => [q.predicate.value, q.object.value]).filter((iri) => iri.startsWith(ours)));
assert.deepEqual([...used].filter((iri) => !terms.has(iri)), [], "terms that the vocabulary lacks");
JSON.parse(await get("/context.jsonld"));

let records = 0;
for (const path of ["/id/SDG_TARGET/16.6", "/id/COUNTRY/EGY", ...quads.filter((q) => /\/(CLAIM|EVIDENCE|OBSERVATION)\//.test(q.subject.value) && q.predicate.value.endsWith("#type"))
  .filter((_, i) => i % 50 === 0).map((q) => `/id/${q.subject.value.split("id/")[1].split("#")[0]}`)]) {
  const one = lines(await canonical(await get(path, "application/n-quads"), "application/n-quads"));
  assert.deepEqual(lines(await canonical(JSON.parse(await get(path, "application/ld+json")))), one, path);
  assert.ok(parse(await get(`${path}.ttl`), "Turtle").length > 0, path);
  records++;
}
console.log(`${fromQuads.length} canonical quads in ${graphs.size} graphs, ${triples.length} triples, ${terms.size} terms, ${records} records`);
