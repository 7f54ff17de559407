package seed

import (
	"reflect"

	"masar"
)

// enums has the values that a word of each of these types may have. The reader and the JSON Schema go by it.
var enums = map[reflect.Type][]string{
	of[masar.Language]():           {string(masar.Arabic), string(masar.English)},
	of[masar.TextOrigin]():         {string(masar.OriginPublished), string(masar.OriginTranslated)},
	of[masar.Basis]():              texts(masar.Bases),
	of[masar.Role]():               texts(masar.Roles),
	of[masar.Stance]():             texts(masar.Stances),
	of[masar.EvidenceKind]():       texts(masar.EvidenceKinds),
	of[masar.Directness]():         texts(masar.Directnesses),
	of[masar.Qualifier]():          texts(masar.Qualifiers),
	of[masar.Nature]():             texts(masar.Natures),
	of[masar.InitiativeForm]():     texts(masar.InitiativeForms),
	of[masar.OrganizationForm]():   texts(masar.OrganizationForms),
	of[masar.IncomeGroup]():        texts(masar.IncomeGroups),
	of[masar.RecommendationForm](): texts(masar.RecommendationForms),
	of[masar.Strength]():           texts(masar.Strengths),
	of[masar.ActivityForm]():       texts(masar.ActivityForms),
	of[masar.ActivityStatus]():     texts(masar.ActivityStatuses),
	of[masar.OutputForm]():         texts(masar.OutputForms),
	of[masar.OutputStatus]():       texts(masar.OutputStatuses),
	of[masar.DocumentForm]():       texts(masar.DocumentForms),
}

func of[T any]() reflect.Type { return reflect.TypeFor[T]() }

func texts[T ~string](values []T) []string {
	return each(values, func(v T) string { return string(v) })
}
