// Input of the compiler: a page with @connection, a list with @refetchable, a node by its id.
import { graphql } from "relay-runtime";

export const recommendations = graphql`
  query operationsRecommendationsQuery($count: Int!, $cursor: String) {
    ...operationsRecommendations @arguments(count: $count, cursor: $cursor)
  }
`;

export const recommendationsPage = graphql`
  fragment operationsRecommendations on Query
  @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
  @refetchable(queryName: "operationsRecommendationsPageQuery") {
    recommendations(first: $count, after: $cursor) @connection(key: "operations_recommendations") {
      totalCount
      edges {
        node {
          code
          ...operationsRecommendation
        }
      }
    }
  }
`;

export const recommendation = graphql`
  fragment operationsRecommendation on Recommendation
  @argumentDefinitions(lang: { type: "[Language!]", defaultValue: [AR] })
  @refetchable(queryName: "operationsRecommendationAgainQuery") {
    title(lang: $lang) {
      value
    }
  }
`;

export const target = graphql`
  query operationsTargetQuery($code: String!) {
    sdgTarget(code: $code) {
      id
      ...operationsTarget
    }
  }
`;

export const targetRecommendations = graphql`
  fragment operationsTarget on SdgTarget
  @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" })
  @refetchable(queryName: "operationsTargetPageQuery") {
    recommendations(first: $count, after: $cursor, includeGoalLevel: true) @connection(key: "operations_target_recommendations") {
      edges {
        claim {
          basis
        }
        node {
          code
        }
      }
    }
  }
`;

export const changes = graphql`
  query operationsChangesQuery {
    changes(first: 1) {
      nodes {
        sequence
        action
        record {
          __typename
          id
        }
      }
    }
  }
`;
