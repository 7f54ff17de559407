// Uses the generated types as a TypeScript program would. It is compiled in strict mode and never run.
import type { ResultOf, VariablesOf } from "@graphql-typed-document-node/core";
import { RecommendationsForTargetDocument, type Basis } from "../generated/typed/graphql";

const variables: VariablesOf<typeof RecommendationsForTargetDocument> = { target: "16.6", lang: ["AR", "EN"] };

export function titles(answer: ResultOf<typeof RecommendationsForTargetDocument>): { title: string; basis: Basis | undefined }[] {
  const edges = answer.sdgTarget?.recommendations?.edges ?? [];
  return edges.map(({ node, claim }) => ({ title: node.title.value, basis: claim?.basis }));
}

// @ts-expect-error the code of a target is a string
export const wrong: VariablesOf<typeof RecommendationsForTargetDocument> = { target: 16.6 };
export { variables };
