package operations

import (
	"regexp"
	"strings"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"masar"
)

// inArabic says in Arabic what each rule of the validator asks for. The names that the English message quotes follow it.
var inArabic = map[string]string{
	"FieldsOnCorrectTypeWithoutSuggestions": "ليس في هذا النوع حقل بهذا الاسم",
	"FragmentsOnCompositeTypes":             "لا يكون الجزء المعاد استخدامه (fragment) إلا على نوع له حقول",
	"KnownArgumentNamesWithoutSuggestions":  "لا يقبل هذا الحقل أو التوجيه وسيطاً بهذا الاسم",
	"KnownDirectives":                       "هذا التوجيه (directive) غير معروف أو لا يُسمح به في هذا الموضع",
	"KnownFragmentNames":                    "لم يُعرَّف جزء (fragment) بهذا الاسم",
	"KnownRootType":                         "لا تدعم الواجهة هذا الصنف من العمليات",
	"KnownTypeNamesWithoutSuggestions":      "لا يوجد نوع بهذا الاسم",
	"LoneAnonymousOperation":                "إذا خلت العملية من اسم فيجب أن تكون الوحيدة في الطلب",
	"MaxIntrospectionDepth":                 "الاستعلام عن المخطط نفسه أعمق من المسموح",
	"NoFragmentCycles":                      "لا يجوز أن يتضمن الجزء (fragment) نفسه، مباشرةً أو عبر غيره",
	"NoUndefinedVariables":                  "استُخدم متغيّر لم تعرّفه العملية",
	"NoUnusedFragments":                     "عُرّف جزء (fragment) لا يُستخدم",
	"NoUnusedVariables":                     "عُرّف متغيّر لا يُستخدم",
	"OverlappingFieldsCanBeMerged":          "حقلان مختلفان بالاسم نفسه في الإجابة؛ أعطِ أحدهما اسماً آخر (alias)",
	"PossibleFragmentSpreads":               "لا يمكن أن يكون ما يُسأل عنه هنا من نوع هذا الجزء (fragment)",
	"ProvidedRequiredArguments":             "ينقص وسيط إلزامي",
	"ScalarLeafsWithoutSuggestions":         "تُختار حقول فرعية لما له حقول فرعية، ولا تُختار لغيره",
	"SingleFieldSubscriptions":              "لا يُختار في الاشتراك إلا حقل واحد",
	"UniqueArgumentNames":                   "ورد الوسيط نفسه أكثر من مرة",
	"UniqueDirectivesPerLocation":           "لا يُستخدم هذا التوجيه (directive) إلا مرة واحدة في الموضع نفسه",
	"UniqueFragmentNames":                   "عُرّف أكثر من جزء (fragment) بالاسم نفسه",
	"UniqueInputFieldNames":                 "ورد حقل القيمة نفسه أكثر من مرة",
	"UniqueOperationNames":                  "عُرّفت أكثر من عملية بالاسم نفسه",
	"UniqueVariableNames":                   "عُرّف أكثر من متغيّر بالاسم نفسه",
	"ValuesOfCorrectTypeWithoutSuggestions": "القيمة لا توافق نوعها",
	"VariablesAreInputTypes":                "لا يصلح هذا النوع لمتغيّر",
	"VariablesInAllowedPosition":            "نوع المتغيّر لا يوافق الموضع الذي استُخدم فيه",
}

// validation gives the validator's rules, without their guesses at what was meant: those tell whoever tries names which
// there are, and cost more than the rules do.
func validation() *rules.Rules {
	all := rules.NewDefaultRules()
	for with, without := range map[string]core.Rule{
		rules.FieldsOnCorrectTypeRule.Name: rules.FieldsOnCorrectTypeRuleWithoutSuggestions,
		rules.KnownArgumentNamesRule.Name:  rules.KnownArgumentNamesRuleWithoutSuggestions,
		rules.KnownTypeNamesRule.Name:      rules.KnownTypeNamesRuleWithoutSuggestions,
		rules.ScalarLeafsRule.Name:         rules.ScalarLeafsRuleWithoutSuggestions,
		rules.ValuesOfCorrectTypeRule.Name: rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
	} {
		all.RemoveRule(with)
		all.AddRule(without.Name, without.RuleFunc)
	}
	return all
}

// quoted matches the names that a message of the validator quotes.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// translated is an error of gqlparser in both languages: in English its own words, in Arabic what was asked for and the
// names that it is about. Where it stands in the document is in its locations.
func translated(err *gqlerror.Error) masar.Message {
	said, known := inArabic[err.Rule]
	switch {
	case known:
	case err.Extensions["code"] == errcode.ParseFailed:
		said = "تتعذّر قراءة نص الاستعلام لخطأ في صياغته"
	case ofVariable(err):
		said = "قيمة المتغيّر لا توافق نوعه: \u2068" + variablePath(err) + "\u2069"
	default:
		said = "ليس في الطلب عملية بهذا الاسم"
	}
	names := quoted.FindAllString(err.Message, 4)
	if len(names) == 0 {
		return masar.Message{EN: err.Message, AR: said}
	}
	return masar.Message{EN: err.Message, AR: said + ": \u2068" + strings.Join(names, ", ") + "\u2069"}
}

// ofVariable tells the errors about a variable's value, whose path leads to it.
func ofVariable(err *gqlerror.Error) bool {
	return len(err.Path) > 1 && err.Path[0] == ast.PathName("variable")
}

// variablePath is the path of the value at fault in a variable, such as filter.countries[0].
func variablePath(err *gqlerror.Error) string {
	return strings.TrimPrefix(err.Path.String(), "variable.")
}
