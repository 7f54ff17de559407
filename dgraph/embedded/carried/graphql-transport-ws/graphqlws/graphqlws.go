// Package graphqlws takes the place of github.com/dgraph-io/graphql-transport-ws/graphqlws in the Dgraph that the binary
// carries.
//
// That module has no licence, so nobody may pass it on. Dgraph uses it for subscriptions to its own GraphQL API over
// WebSocket, from pages of any origin. Masar does not use that API. Here all requests go to Dgraph's handler for HTTP.
package graphqlws

import "net/http"

// NewHandlerFunc returns Dgraph's handler for HTTP. The service for subscriptions is not used.
func NewHandlerFunc(_ any, overHTTP http.Handler) http.HandlerFunc { return overHTTP.ServeHTTP }
