package mcp_test

import (
	"fmt"
	"strings"
	"testing"

	"masar/internal/masartest"
)

// cited is what an assistant needs to answer with a quotation.
type cited struct {
	Claim        struct{ ID, Sentence, BasisSentence, URL string }
	For, Against []evidence
}

type evidence struct {
	Quote *struct {
		Text, Locator string
		Document      struct{ Title struct{ AR string } }
	}
}

// Catches: a session in Arabic that differs: the questions, the calls, the answers of the tools, and the answer with quotations
// that follows from them.
func TestSession(t *testing.T) {
	var b strings.Builder
	b.WriteString("# جلسة مع مساعد ذكي\n\nكتب هذه الجلسة اختبار: السؤال، والأدوات المستدعاة، وما أجابت به، والجواب باقتباساته. وتاريخ الاحتساب 2025-01-01.\n")
	a := assist(t, masartest.Start(t))
	use := func(tool, arguments string, into any) {
		fmt.Fprintf(&b, "\n`%s`\n```jsonc\n%s\n```\n```text\n%s```\n", tool, arguments, a.answer(t, tool, arguments, into).text)
	}
	ask := func(question string) { fmt.Fprintf(&b, "\n## %s\n", question) }
	reply := func(format string, args ...any) { fmt.Fprintf(&b, "\n**الجواب.** "+format+"\n", args...) }

	ask("ما التوصيات التي تدعم تحقيق الغاية 16-6، وإلى أي أدلة تستند؟")
	var found struct {
		Recommendations []struct{ Claim struct{ ID string } }
	}
	use("recommendations_for_target", `{"target": "16.6", "first": 1, "lang": "ar"}`, &found)
	var weighed struct{ Claims []cited }
	use("evidence", fmt.Sprintf(`{"claim": %q, "lang": "ar"}`, found.Recommendations[0].Claim.ID), &weighed)
	reply("%s\n\nلم تُستورد نصوص المصادر إلى هذه النسخة، فلا اقتباس.", weighed.Claims[0].answer())

	ask("كيف ترتبط هذه الغاية بعُمان؟")
	var paths struct {
		Paths []struct {
			Steps []struct {
				Claim struct{ Sentence, BasisSentence string }
			}
		}
	}
	use("trace_path", `{"from": {"kind": "SDG_TARGET", "code": "16.6"}, "to": {"kind": "COUNTRY", "code": "OMN"}, "first": 1, "lang": "ar"}`, &paths)
	steps := []string{}
	for i, s := range paths.Paths[0].Steps {
		steps = append(steps, fmt.Sprintf("%d. %s %s", i+1, s.Claim.Sentence, s.Claim.BasisSentence))
	}
	reply("بهذه الخطوات:\n\n%s", strings.Join(steps, "\n"))

	ask("ماذا تعرف عن عمان؟")
	var hits struct {
		Ambiguities []struct {
			Readings []struct{ Title struct{ AR string } }
		}
	}
	use("search", `{"query": "عمان", "first": 3, "lang": "ar"}`, &hits)
	names := []string{}
	for _, r := range hits.Ambiguities[0].Readings {
		names = append(names, r.Title.AR)
	}
	reply("أيَّهما تقصد: %s؟", strings.Join(names, " أم "))

	b.WriteString("\n# على بيانات للاختبار استُوردت نصوص مصادرها\n\nلا يصح ما فيها على أي بلد.\n")
	a = assist(t, masartest.Disputed(t))
	ask("ما الذي يؤيد أن دمج شبابيك الخدمة يدعم الغاية 16-6، وما الذي يعارضه؟")
	use("recommendations_for_target", `{"target": "16.6", "first": 5, "lang": "ar"}`, &found)
	use("evidence", fmt.Sprintf(`{"claim": %q, "lang": "ar"}`, found.Recommendations[1].Claim.ID), &weighed)
	said := weighed.Claims[0].answer()
	reply("%s", said)
	if len(names) != 2 || len(steps) == 0 || strings.Count(said, "\n> ") < 2 || !strings.Contains(said, "المعارض") {
		t.Errorf("%v, %v: %s", names, steps, said)
	}
	golden(t, "testdata/session.ar.md", []byte(b.String()))
}

// answer is the claim with what supports and what refutes it.
func (c cited) answer() string {
	return fmt.Sprintf("%s %s (%s)", c.Claim.Sentence, c.Claim.BasisSentence, c.Claim.URL) + quotations("المؤيد", c.For) + quotations("المعارض", c.Against)
}

func quotations(heading string, items []evidence) (text string) {
	for _, i := range items {
		if q := i.Quote; q != nil {
			text += fmt.Sprintf("\n> %s: “%s” — %s، %s", heading, strings.ReplaceAll(q.Text, "\n", " "), q.Document.Title.AR, q.Locator)
		}
	}
	return text
}
