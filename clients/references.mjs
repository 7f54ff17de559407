// Reads the references to documents with Citation.js: BibTeX, RIS and CSL-JSON have the same documents, titles and years. The
// service's address is the script's only argument.
import assert from "node:assert/strict";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
import "@citation-js/plugin-ris";

const base = process.argv[2];
const get = async (path) => {
  const response = await fetch(new URL(path, base));
  assert.equal(response.status, 200, path);
  return response.text();
};
const documents = await (await fetch(new URL("/api/v1/rows/documents.json", base))).json();
const csl = new Cite(await get("/export/documents.csl.json")).data;
const bib = new Cite(await get("/export/documents.bib"), { forceType: "@biblatex/text" }).data;
const ris = new Cite(await get("/export/documents.ris"), { forceType: "@ris/file" }).data;

const byCode = (items, key) => new Map(items.map((item) => [String(item[key]), item]));
const [fromBib, fromRIS] = [byCode(bib, "id"), byCode(ris, "id")];
const year = (item) => item.issued?.["date-parts"]?.[0]?.[0];
const plain = (text) => [text].flat()[0] // an institution is a list
  ?.replace(/<[^>]+>/g, "").replace(/\s+/g, " ").trim();
const undated = [];
assert.equal(csl.length, documents.length);
assert.equal(bib.length, documents.length);
assert.equal(ris.length, documents.length);
for (const item of csl) {
  const other = fromBib.get(item.id);
  assert.ok(other, `BibTeX lacks ${item.id}`);
  assert.equal(plain(other.title), plain(item.title), item.id);
  // Citation.js does not read an interval without an end (2004/..).
  if (year(other) === undefined && year(item) !== undefined) undated.push(item.id);
  else assert.equal(year(other), year(item), item.id);
  assert.ok([item.URL, item.URL && encodeURI(item.URL)].includes(other.URL), item.id); // Citation.js escapes the address again
  assert.equal(plain(other.publisher), plain(item.publisher), item.id);
  const third = fromRIS.get(item.id) ?? ris.find((r) => [item.title, item["original-title"]].map(plain).includes(plain(r.title)));
  assert.ok(third, `RIS lacks ${item.id}`);
  // Citation.js takes the translated title of RIS (TT) for the title.
  assert.ok([item.title, item["original-title"]].map(plain).includes(plain(third.title)), `${item.id}: ${third.title}`);
}
assert.ok(undated.length <= documents.length / 10, `without a year: ${undated}`);
const shown = new Cite(csl).format("bibliography", { format: "text", template: "apa", lang: "en-US" });
assert.ok(shown.split("\n").length >= documents.length);
const one = new Cite(await get(`/id/DOCUMENT/${csl[0].id}.bib`), { forceType: "@biblatex/text" }).data;
assert.equal(one[0].id, csl[0].id);
console.log(`${documents.length} documents as BibTeX, RIS and CSL-JSON`);
