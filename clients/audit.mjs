// The audit suite of GraphQL over HTTP. All audits must pass, including those of SHOULD and MAY.
import { serverAudits } from "graphql-http";

const endpoint = new URL("/graphql", process.argv[2]).href;
const audits = serverAudits({ url: endpoint });

const passed = {};
const failed = [];
for (const audit of audits) {
  const { id, name, status, reason } = await audit.fn();
  const level = name.split(" ", 1)[0]; // MUST, SHOULD or MAY
  passed[level] ??= 0;
  if (status === "ok") passed[level]++;
  else failed.push(`${id} ${name}: ${reason}`);
}

console.log(`passed of ${audits.length} audits:`, passed);
if (audits.length !== 61) failed.push(`there are ${audits.length} audits, not 61`);
if (failed.length > 0) throw new Error(failed.join("\n"));
