package loaders

import (
	"context"

	"masar/answers"
	"masar/words"
)

// EnumLabels are the values of an enum with their labels, in the order of the schema.
func EnumLabels(ctx context.Context, of answers.Vocabulary) []*answers.EnumLabel {
	var labels []*answers.EnumLabel
	for _, value := range From(ctx).service.schema.Types[of.TypeName()].EnumValues {
		labels = append(labels, &answers.EnumLabel{Value: value.Name, Labels: words.EnumValue(of, value.Name)})
	}
	return labels
}
