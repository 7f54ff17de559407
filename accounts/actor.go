// Package accounts identifies the account that runs an operation.
package accounts

import "context"

// Actor is the account that runs an operation. The zero value is anonymous: a reader without an account.
type Actor struct {
	// Handle is the account's name; empty for an anonymous reader.
	Handle string
}

// Anonymous reports whether the actor has no account.
func (a Actor) Anonymous() bool { return a == Actor{} }

type actorKey struct{}

// With adds an actor to a context.
func With(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// From returns the actor in a context; anonymous if there is none.
func From(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
