package operations

import (
	"regexp"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"masar"
	"masar/words"
)

// validation returns the validator's rules. Suggestions of names are included only if introspection is on, because the
// names of the schema are then public. Without introspection they would disclose the names. The allowed values of an enum
// are always listed (see explainEnum).
func validation(suggestions bool) *rules.Rules {
	all := rules.NewDefaultRules()
	for with, without := range map[string]core.Rule{
		rules.FieldsOnCorrectTypeRule.Name: rules.FieldsOnCorrectTypeRuleWithoutSuggestions,
		rules.KnownArgumentNamesRule.Name:  rules.KnownArgumentNamesRuleWithoutSuggestions,
		rules.KnownTypeNamesRule.Name:      rules.KnownTypeNamesRuleWithoutSuggestions,
		rules.ScalarLeafsRule.Name:         rules.ScalarLeafsRuleWithoutSuggestions,
		rules.ValuesOfCorrectTypeRule.Name: rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
	} {
		if !suggestions || with == rules.ValuesOfCorrectTypeRule.Name {
			all.RemoveRule(with)
			all.AddRule(without.Name, without.RuleFunc)
		}
	}
	return all
}

// withoutSuggestions is the suffix of the names of rules without suggestions.
const withoutSuggestions = "WithoutSuggestions"

// quoted matches the names that a message of the validator quotes.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// translated is an error of gqlparser with a message in both languages. The English message is gqlparser's own sentence.
// The Arabic message says what was requested and lists the names concerned. The position in the document is in its
// locations.
func translated(err *gqlerror.Error) *masar.Error {
	key := "error.graphql." + strings.TrimSuffix(err.Rule, withoutSuggestions)
	switch {
	case err.Rule != "":
	case ofVariable(err):
		key = "error.graphql.variable"
	default:
		key = "error.graphql.unreadable"
	}
	return masar.NewArgumentError(masar.CodeBadInput, variablePath(err), key, masar.Args{"said": said(err)})
}

// maxSuggestions is the maximum number of names that a message suggests.
const maxSuggestions = 3

// said returns the message of an error of gqlparser: in English its sentence, in Arabic the names that it quotes.
// Suggestions follow in both languages.
func said(err *gqlerror.Error) masar.Message {
	sentence, meant, _ := strings.Cut(err.Message, " Did you mean ")
	var parts []string
	if ofVariable(err) {
		parts = append(parts, variablePath(err))
	}
	parts = append(parts, quoted.FindAllString(sentence, 4)...)
	m := masar.Message{EN: strings.TrimSuffix(sentence, ".") + "."}
	if len(parts) > 0 {
		m.AR = ": \u2068" + strings.Join(parts, ", ") + "\u2069"
	}
	names := quoted.FindAllString(meant, maxSuggestions)
	if len(names) == 0 {
		return m
	}
	key := "error.suggestion.name"
	if strings.HasPrefix(meant, "to use an inline fragment") {
		key = "error.suggestion.fragment"
	}
	hint := words.Both(key, masar.Args{"names": strings.Join(names, ", ")})
	return masar.Message{EN: m.EN + " " + hint.EN, AR: m.AR + ". " + hint.AR}
}

// ofVariable reports whether an error is about the value of a variable.
func ofVariable(err *gqlerror.Error) bool {
	return len(err.Path) > 1 && err.Path[0] == ast.PathName("variable")
}

// variablePath returns the path of the invalid value in a variable, such as filter.countries[0].
func variablePath(err *gqlerror.Error) string {
	return strings.TrimPrefix(err.Path.String(), "variable.")
}
