package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type legacyTargetResolver struct{ entity[*masar.LegacyTarget] }

func (legacyTargetResolver) Parent(ctx context.Context, t *masar.LegacyTarget) (*masar.LegacyTarget, error) {
	return loaders.One[*masar.LegacyTarget](ctx, t)
}

func (legacyTargetResolver) Targets(ctx context.Context, t *masar.LegacyTarget, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.SdgTargetConnection, error) {
	return loaders.Follow[*masar.SdgTarget](ctx, t, edges(first, after, last, before, orderBy, filter))
}

func (legacyTargetResolver) Initiatives(ctx context.Context, t *masar.LegacyTarget, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, t, edges(first, after, last, before, orderBy, filter))
}
