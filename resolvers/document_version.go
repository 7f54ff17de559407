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

func (documentVersionResolver) Text(ctx context.Context, v *masar.DocumentVersion) (*masar.Text, error) {
	return loaders.SourceText(ctx, v.SHA256)
}
