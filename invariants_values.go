package masar

import (
	"reflect"
	"slices"
	"strings"
)

// allowed gives the values of every type whose values are named, and whether the empty one is among them.
var allowed = map[reflect.Type]struct {
	values []string
	empty  bool
}{
	typeFor[Kind]():               {names(Kinds), false},
	typeFor[Predicate]():          {names(Predicates), false},
	typeFor[Basis]():              {names(Bases), false},
	typeFor[ClaimStatus]():        {names(ClaimStatuses), false},
	typeFor[Role]():               {names(Roles), true},
	typeFor[Stance]():             {names(Stances), false},
	typeFor[EvidenceKind]():       {names(EvidenceKinds), false},
	typeFor[Directness]():         {names(Directnesses), false},
	typeFor[Review]():             {names([]Review{ReviewSuggested, ReviewAccepted, ReviewRejected}), false},
	typeFor[Language]():           {names([]Language{Arabic, English}), false},
	typeFor[TextOrigin]():         {names([]TextOrigin{OriginPublished, OriginTranslated, OriginEditorial}), true},
	typeFor[InitiativeForm]():     {names(InitiativeForms), false},
	typeFor[OrganizationForm]():   {names(OrganizationForms), false},
	typeFor[IncomeGroup]():        {names(IncomeGroups), true},
	typeFor[RecommendationForm](): {names(RecommendationForms), false},
	typeFor[Strength]():           {names(Strengths), true},
	typeFor[ActivityForm]():       {names(ActivityForms), false},
	typeFor[ActivityStatus]():     {names(ActivityStatuses), false},
	typeFor[OutputForm]():         {names(OutputForms), false},
	typeFor[OutputStatus]():       {names(OutputStatuses), false},
	typeFor[DocumentForm]():       {names(DocumentForms), false},
	typeFor[Qualifier]():          {names(Qualifiers), false},
	typeFor[Nature]():             {names(Natures), false},
}

// pointers gives the kinds that a reference may have, by the name of its field; one that is not named may have any.
var pointers = map[string][]Kind{
	"Home":       {KindCountry},
	"Groups":     {KindCountryGroup},
	"Publishing": {KindOrganization},
	"Source":     {KindDocument},
	"Document":   {KindDocument},
	"Of":         {KindCountry, KindCountryGroup, KindInitiative},
}

func typeFor[T any]() reflect.Type { return reflect.TypeFor[T]() }

func names[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// values checks what holds of every value of its type, in a record and in whatever it holds: named values are known,
// wordings are in both languages, dates can be read, references lead somewhere.
func (k *checker) values(v reflect.Value, path string) {
	if may, ok := allowed[v.Type()]; ok {
		if s := v.String(); !slices.Contains(may.values, s) && (s != "" || !may.empty) {
			k.find(InvariantValue, "%s is %q; allowed are %s", path, s, strings.Join(may.values, ", "))
		}
		return
	}
	switch value := v.Interface().(type) {
	case Ref:
		k.pointer(value, path)
		return
	case Date:
		if value.IsZero() {
			return
		}
		if err := value.Validate(); err != nil {
			k.find(InvariantValue, "%s: %v", path, err)
		}
	case Wording:
		if (value.AR.Value == "") != (value.EN.Value == "") {
			k.find(InvariantLanguages, "%s is in one language alone", path)
		}
	case Passage:
		if value.IsZero() {
			return
		}
	case MaturityBand:
		if value.IsZero() {
			return
		}
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.Anonymous {
				k.values(v.Field(i), path)
				continue
			}
			k.values(v.Field(i), strings.TrimPrefix(path+"."+f.Name, "."))
		}
	case reflect.Slice:
		for i := range v.Len() {
			k.values(v.Index(i), path)
		}
	}
}

// pointer checks a reference; that it stands where one must be is for the record to say.
func (k *checker) pointer(r Ref, path string) {
	if r.IsZero() {
		if path == "Subject" || path == "Object" {
			k.find(InvariantPointer, "it has no %s", strings.ToLower(path))
		}
		return
	}
	if k.entities[r] == nil {
		k.find(InvariantPointer, "%s leads to %s, which is not there", path, r)
	}
	name := path[strings.LastIndex(path, ".")+1:]
	if kinds, ok := pointers[name]; ok && !slices.Contains(kinds, r.Kind) {
		k.find(InvariantPointer, "%s leads to %s; allowed are %s", path, r, join(kinds))
	}
}
