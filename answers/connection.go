package answers

import (
	"context"
	"masar"
)

// Connection is a page of a list (Relay). Its items are known from the start; their content is loaded on demand.
type Connection[T any] struct {
	// TotalCount is the number of items in the whole list.
	TotalCount int
	PageInfo   PageInfo
	// Items are the items of the page, in order.
	Items []Item
	// Load returns the node of every item, in order.
	Load func(ctx context.Context) ([]T, error)
	// Claims returns the claims from the start of the list to the item at an index.
	Claims func(ctx context.Context, item int) ([]*masar.Claim, error)
	// Supported returns the support of the last of these claims, as the list counts it; nil in lists that follow no claim.
	Supported func(item int) *masar.Support
}

// Item is the position of an item in a list.
type Item struct {
	Cursor string
	// Role is the role of the item's last claim; empty if it has none.
	Role masar.Role
}

// PageInfo describes the position of a page in its list (Relay).
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       *string
}

// Nodes are the nodes of the page.
func (c *Connection[T]) Nodes(ctx context.Context) ([]T, error) { return c.Load(ctx) }

// Edges are the nodes of the page, each with its cursor and claims.
func (c *Connection[T]) Edges(ctx context.Context) ([]*Edge[T], error) {
	nodes, err := c.Load(ctx)
	if err != nil {
		return nil, err
	}
	edges := make([]*Edge[T], len(nodes))
	for i, n := range nodes {
		edges[i] = &Edge[T]{Node: n, list: c, at: i}
	}
	return edges, nil
}

// Edge is an item of a list with its node.
type Edge[T any] struct {
	Node T
	list *Connection[T]
	at   int
}

func (e *Edge[T]) item() *Item { return &e.list.Items[e.at] }

// Cursor is the position of the item in its list.
func (e *Edge[T]) Cursor() string { return e.item().Cursor }

// Via are the claims from the start of the list to the node; empty in lists that follow no claim.
func (e *Edge[T]) Via(ctx context.Context) ([]*masar.Claim, error) { return e.list.Claims(ctx, e.at) }

// Claim is the last claim of Via; nil in lists that follow no claim.
func (e *Edge[T]) Claim(ctx context.Context) (*masar.Claim, error) {
	via, err := e.Via(ctx)
	if err != nil || len(via) == 0 {
		return nil, err
	}
	return via[len(via)-1], nil
}

// Role is the organization's role; nil if the claim has none.
func (e *Edge[T]) Role() *masar.Role {
	if role := e.item().Role; role != "" {
		return &role
	}
	return nil
}

// Support is the support of the claim as the list counts it; nil in lists that follow no claim.
func (e *Edge[T]) Support() *masar.Support { return e.list.Supported(e.at) }

// The connections and edges of the API, one for each type of node.
type (
	SdgGoalConnection        = Connection[*masar.SdgGoal]
	SdgGoalEdge              = Edge[*masar.SdgGoal]
	SdgTargetConnection      = Connection[*masar.SdgTarget]
	SdgTargetEdge            = Edge[*masar.SdgTarget]
	SdgIndicatorConnection   = Connection[*masar.SdgIndicator]
	SdgIndicatorEdge         = Edge[*masar.SdgIndicator]
	LegacyTargetConnection   = Connection[*masar.LegacyTarget]
	LegacyTargetEdge         = Edge[*masar.LegacyTarget]
	FrameworkConnection      = Connection[*masar.Framework]
	FrameworkEdge            = Edge[*masar.Framework]
	PrincipleConnection      = Connection[*masar.Principle]
	PrincipleEdge            = Edge[*masar.Principle]
	InitiativeConnection     = Connection[*masar.Initiative]
	InitiativeEdge           = Edge[*masar.Initiative]
	OrganizationConnection   = Connection[*masar.Organization]
	OrganizationEdge         = Edge[*masar.Organization]
	CountryConnection        = Connection[*masar.Country]
	CountryEdge              = Edge[*masar.Country]
	CountryGroupConnection   = Connection[*masar.CountryGroup]
	CountryGroupEdge         = Edge[*masar.CountryGroup]
	ChallengeConnection      = Connection[*masar.Challenge]
	ChallengeEdge            = Edge[*masar.Challenge]
	TopicConnection          = Connection[*masar.Topic]
	TopicEdge                = Edge[*masar.Topic]
	RecommendationConnection = Connection[*masar.Recommendation]
	RecommendationEdge       = Edge[*masar.Recommendation]
	CaseStudyConnection      = Connection[*masar.CaseStudy]
	CaseStudyEdge            = Edge[*masar.CaseStudy]
	ActivityConnection       = Connection[*masar.Activity]
	ActivityEdge             = Edge[*masar.Activity]
	OutputConnection         = Connection[*masar.Output]
	OutputEdge               = Edge[*masar.Output]
	DocumentConnection       = Connection[*masar.Document]
	DocumentEdge             = Edge[*masar.Document]
	IndicatorConnection      = Connection[*masar.Indicator]
	IndicatorEdge            = Edge[*masar.Indicator]
	EntityConnection         = Connection[masar.Entity]
	EntityEdge               = Edge[masar.Entity]
	ClaimConnection          = Connection[*masar.Claim]
	ClaimEdge                = Edge[*masar.Claim]
	EvidenceConnection       = Connection[*masar.Evidence]
	EvidenceEdge             = Edge[*masar.Evidence]
	ObservationConnection    = Connection[*masar.Observation]
	ObservationEdge          = Edge[*masar.Observation]
)

// RelatedInitiativeConnection is a page of initiatives similar to another one.
type RelatedInitiativeConnection struct {
	TotalCount int
	PageInfo   PageInfo
	Edges      []*RelatedInitiativeEdge
}

// Nodes are the initiatives of the page.
func (c *RelatedInitiativeConnection) Nodes() []*masar.Initiative {
	nodes := make([]*masar.Initiative, len(c.Edges))
	for i, e := range c.Edges {
		nodes[i] = e.Node
	}
	return nodes
}

// RelatedInitiativeEdge is an initiative similar to another one.
type RelatedInitiativeEdge struct {
	Cursor string
	Node   *masar.Initiative
	// Score is the similarity, in [0,1].
	Score float64
	// Shared are the entities that both are connected with.
	Shared []masar.Entity
}
