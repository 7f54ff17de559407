package resolvers

import (
	"context"

	"masar"
	"masar/answers"
	"masar/loaders"
)

type organizationResolver struct{ entity[*masar.Organization] }

func (organizationResolver) Country(ctx context.Context, o *masar.Organization) (*masar.Country, error) {
	return loaders.One[*masar.Country](ctx, o)
}

func (organizationResolver) Contact(_ context.Context, o *masar.Organization) (*string, error) {
	return optional(o.Contact), nil
}

func (organizationResolver) PartOf(ctx context.Context, o *masar.Organization) (*masar.Organization, error) {
	return loaders.One[*masar.Organization](ctx, o)
}

func (organizationResolver) Initiatives(ctx context.Context, o *masar.Organization, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter, roles []masar.Role) (*answers.InitiativeConnection, error) {
	return loaders.Follow[*masar.Initiative](ctx, o, edges(first, after, last, before, orderBy, filter).WithRoles(roles))
}

func (organizationResolver) Activities(ctx context.Context, o *masar.Organization, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter, roles []masar.Role) (*answers.ActivityConnection, error) {
	return loaders.Follow[*masar.Activity](ctx, o, edges(first, after, last, before, orderBy, filter).WithRoles(roles))
}

func (organizationResolver) CaseStudies(ctx context.Context, o *masar.Organization, first *int, after *string, last *int, before *string, orderBy *answers.EdgeOrder, filter *answers.ClaimFilter) (*answers.CaseStudyConnection, error) {
	return loaders.Follow[*masar.CaseStudy](ctx, o, edges(first, after, last, before, orderBy, filter))
}

func (organizationResolver) Documents(ctx context.Context, o *masar.Organization, first *int, after *string, last *int, before *string) (*answers.DocumentConnection, error) {
	return loaders.Follow[*masar.Document](ctx, o, page(first, after, last, before))
}
