package resolvers

import (
	"context"

	"masar"
	"masar/loaders"
)

type documentVersionResolver struct{}

func (documentVersionResolver) Imported(ctx context.Context, v *masar.DocumentVersion) (bool, error) {
	return loaders.From(ctx).Graph.HasText(v.SHA256), nil
}
