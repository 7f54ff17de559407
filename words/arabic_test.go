package words

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// mistakes are forms that Masar's Arabic texts must not have. In a pattern, < and > are the edges of a word. Each has
// an example of the mistake and the right form.
var mistakes = []struct{ pattern, example, right string }{
	// Spelling.
	{`[إا]نجليزي`, "بالإنجليزية", "الإنكليزية"},
	{`الكترون`, "البوابة الالكترونية", "إلكتروني"},
	{`[^إ]نترنت`, "الانترنت", "الإنترنت"},
	{`<[ولب]*(?:ال)?[إا]فريقي`, "البلدان الإفريقية", "أفريقي"},
	{`إستراتيج`, "الإستراتيجية", "استراتيجي"},
	{`<[وفبلك]*(?:ال)?إ(?:قتصاد|جتماع|ستخدام|ستعمال|ستجاب|ستثمار|بتكار|عتماد|ختيار|حتياج|تصال|نتشار|رتباط|نطلاق|متثال|ستنتاج)`,
		"الإستخدام", "a hamza that only joins has no sign: استخدام"},
	{`<[وف]?(?:اذا|الى|او|انه|انها|لان|اي)>`, "الى", "إلى، إذا، أو، أن، أي"},
	{`مسئول|شئون`, "المسئولون", "مسؤول، شؤون"},
	{`\x{064B}\x{0627}`, "عدد\u064Bا", "the sign of tanwin stands on the alif: عدداً"},
	{`<[ولب]*عمان>`, "في عمان", "عُمان (the country) or عمّان (the city)"},
	// Signs and digits.
	{`[٠-٩۰-۹]`, "١٦", "Western digits: 16"},
	{`\x{0640}\p{Arabic}`, "مـسار", "no stretched letters"},
	{`  `, "في  مصر", "one space"},
	{` [،؛؟]`, "مصر ، لبنان", "no space before a sign"},
	{`[،؛]\p{L}`, "مصر،لبنان", "a space after a sign"},
	{`\p{Arabic}{2}[,;?]`, "مصر, لبنان", "، ؛ ؟"},
	{`(?:^|[^/\p{L}])(?:يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر)>`,
		"11 ديسمبر 2024", "months with both names: كانون الأول/ديسمبر"},
	{`<الغاي(?:ة|تين|تان) \d+\.`, "الغاية 16.6", "targets as the United Nations writes them: 16-6"},
	// One term for one concept.
	{`(?:غاية|غايات|مؤشرات) التنمية المستدامة`, "غايات التنمية المستدامة", "غايات أهداف التنمية المستدامة"},
	{`<المؤشر(?:ات|ان|ين)? (?:رقم )?\d+\.`, "المؤشر 17.8.1", "indicators as the United Nations writes them: 17-8-1"},
	{`(?:الهدف الثامن|الأهداف) للألفية`, "الهدف الثامن للألفية", "الهدف الثامن من الأهداف الإنمائية للألفية"},
	{`<[وفبلك]*(?:ال)?مؤشر(?:ات)? (?:ال)?بديل`, "المؤشر البديل", "مؤشر غير مباشر"},
	{`<(?:ال)?حال(?:ة|ات|تان|تين) (?:ال)?موصوف`, "حالة موصوفة", "حالة وصفية"},
	{`<[وفبلك]*(?:ال)?قِدم>`, "قِدم الأدلة", "عمر الأدلة"},
	{`كيف يرتبط شيء|ما يحيط بشيء|يُقرن`, "كيف يرتبط شيء بآخر", "كيان"},
	{`جافا ?سكر`, "جافاسكربت", "JavaScript"},
	{`الهياكل الأساسية|البنى التحتية`, "الهياكل الأساسية", "البنية التحتية"},
	{`<[وبلف]*(?:ال)?كلفت?[ةه]`, "بكلفة", "تكلفة"},
	{`<[ولب]*(?:ال)?قي[ّ]?م(?:ين|ون)>`, "القيّمون", "محرّر"},
	{`<[ولب]*(?:ال)?ادعاء`, "ادعاء", "إفادة"},
	{`الحكم الجيد|الحاكمية`, "الحاكمية", "الحوكمة (or الحكم الرشيد, of the Millennium Development Goals)"},
	{`<[ولب]*(?:ال)?رسم (?:ال)?بياني (?:ال)?معرفي`, "رسم بياني معرفي", "«مسار»"},
	{`الشيء|<(?:ال)?أشياء>`, "الأشياء", "كيان، كيانات"},
	{`(?:للناس|المواطنين|للمواطنين) والأعمال`, "المواطنين والأعمال", "وقطاع الأعمال"},
	{`البلد المور[ّ]?د`, "البلد المورّد", "البلد الناقل للخبرة"},
	{`<(?:القِ?دَ?م|قِدَم)>`, "القِدَم", "العمر"},
	{`<[وف]?(?:ال)?شيئ(?:ان|ين)>`, "شيئان", "كيانان"},
	{`(?:برمجيات|برامج) نصية`, "برامج نصية", "نصوص برمجية"},
	{`على أي أدل[ةه] (?:ي|ت)ستند`, "وعلى أي أدلة يستند", "إلى أي أدلة يستند"},
	// Grammar.
	{`<(?:ال)?مخططة>`, "قيمة مخططة", "مخطط لها"},
	{`<تُرسم (?:ال)?صلات?>`, "تُرسم الصلات", "تُستنتج صلات"},
	{`القول بأن`, "القول بأن", "القول إن"},
	{`<[وف]?(?:تم|يتم|تتم|سيتم)>`, "تم تنفيذ المشروع", "a passive verb: نُفّذ المشروع"},
	{`<(?:أرسلت|شاركت|ذكرت|أطلقت|نفذت) (?:المغرب|الأردن|العراق|لبنان|السودان|اليمن)>`, "أرسلت المغرب", "أرسل المغرب"},
	{`<(?:[3-9]|10) (?:حالة|سنة|ثانية|مرة|غاية|مبادرة|دليلاً?|بلداً?|هدفاً?|خبيراً?|شخصاً?)>`, "5 ثانية", "the plural from 3 to 10: 5 ثوانٍ"},
	{`<(?:1[1-9]|[2-9]\d) (?:حالات|سنوات|ثوانٍ|مرات|غايات|مبادرات|أدلة|بلدان|أهداف|خبراء|أشخاص)>`, "11 مرات", "the singular from 11 to 99: 11 مرة"},
	{`<2 (?:حالات|سنوات|ثوانٍ|مرات|غايات|مبادرات|أدلة|بلدان|أهداف|خبراء|أشخاص)>`, "2 مرات", "the dual, without the digit: مرتان"},
	{`<البلدان ذات ال`, "البلدان ذات الضمانات", "البلدان التي لديها ضمانات"},
}

// compiled returns the regular expression of a pattern.
func compiled(pattern string) *regexp.Regexp {
	pattern = strings.ReplaceAll(pattern, "<", `(?:^|[^\p{L}\p{M}\d.-])`)
	return regexp.MustCompile(strings.ReplaceAll(pattern, ">", `(?:$|[^\p{L}\p{M}])`))
}

// Catches a fault of Arabic that was mended once and comes back, in a message, the seed, a document or a page: its spelling,
// its signs, two terms for one concept, a noun that does not agree with its number.
func TestArabicHasNoKnownMistakes(t *testing.T) {
	texts := seedTexts(t)
	maps.Copy(texts, pageTexts(t))
	for key, m := range arabic().messages {
		for form, template := range m.forms {
			texts[fmt.Sprintf("ar.yaml: %s/%d", key, form)] = plain(template)
		}
	}
	for _, mistake := range mistakes {
		expression := compiled(mistake.pattern)
		if !expression.MatchString(mistake.example) {
			t.Errorf("the pattern %s does not match its own example %s", mistake.pattern, mistake.example)
		}
		for where, text := range texts {
			if found := expression.FindString(text); found != "" {
				t.Errorf("%s: %q in %q; the right form: %s", where, found, text, mistake.right)
			}
		}
	}
}

// seedTexts are Masar's own Arabic texts in the seed by file and path. Publishers' texts and alternative names may have
// any spelling.
func seedTexts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir("../seed", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".yaml" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parsedYAML(data)
		ownTexts(path, file, texts)
		return err
	})
	if err != nil || len(texts) < 1500 {
		t.Fatalf("%d Arabic texts in the seed: %v", len(texts), err)
	}
	return texts
}

// pages are the files for readers with Arabic of our own in their lines. The seed and the messages are read as YAML.
var pages = []string{
	"../README.ar.md", "../docs/*.ar.md", "../deploy/grafana/README.md",
	"../examples/titles.json", "../server/about.go", "../web/missing.html", "../web/graphiql/*.html", "../web/graphiql/*.graphql",
}

// notProse is what the lines of a page have besides words: code, markup and addresses.
var notProse = regexp.MustCompile("`[^`]*`|<[^<>]*>|\\]\\([^)]*\\)|\\]\\[[^\\]]*\\]|https?://\\S+")

// columns are the parts of a line that stand apart, as in a table in plain text.
var columns = regexp.MustCompile(`\s{2,}`)

// pageTexts are the Arabic texts of the pages, by file and line, without their blocks of code.
func pageTexts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range pages {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no file for %s: %v", pattern, err)
		}
		for _, file := range files {
			if count := addLines(t, file, texts); count == 0 {
				t.Errorf("%s has no Arabic", file)
			}
		}
	}
	return texts
}

// addLines adds the Arabic texts in the lines of a file, and counts them.
func addLines(t *testing.T, file string, texts map[string]string) (count int) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	inCode := false
	for i, line := range strings.Split(string(data), "\n") {
		if strings.HasPrefix(line, "```") {
			inCode = !inCode
		}
		if inCode {
			continue
		}
		for j, text := range columns.Split(notProse.ReplaceAllString(strings.TrimSpace(line), "X"), -1) {
			if hasArabic.MatchString(text) {
				texts[fmt.Sprintf("%s:%d/%d", file, i+1, j)] = text
				count++
			}
		}
	}
	return count
}

var hasArabic = regexp.MustCompile(`\p{Arabic}`)

func parsedYAML(data []byte) (value any, err error) {
	err = yaml.Unmarshal(data, &value)
	return value, err
}

// ownTexts adds the Arabic texts of a YAML value.
func ownTexts(path string, value any, texts map[string]string) {
	switch v := value.(type) {
	case string:
		if hasArabic.MatchString(v) {
			texts[path] = v
		}
	case []any:
		for i, item := range v {
			ownTexts(fmt.Sprintf("%s/%d", path, i), item, texts)
		}
	case map[string]any:
		if _, isName := v["lang"]; isName || v["origin"] == "PUBLISHED" {
			return
		}
		for key, item := range v {
			ownTexts(path+"/"+key, item, texts)
		}
	}
}
