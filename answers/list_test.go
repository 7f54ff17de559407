package answers_test

import (
	"reflect"
	"testing"

	"masar"
	"masar/answers"
)

// someArgs returns arguments in which one field is set, at an address of its own.
func someArgs(field string) answers.ListArgs {
	all := answers.ListArgs{
		First: new(5), Last: new(5), After: new("a"), Before: new("a"),
		OrderBy: &answers.EdgeOrder{Field: answers.OrderBySupport, Direction: answers.Ascending}, Filter: &answers.ClaimFilter{Targets: []string{"16.6"}},
		IncludeGoalLevel: new(true), Roles: []masar.Role{masar.RoleFunder}, Kinds: []masar.Kind{masar.KindTopic}, Indicators: []string{"16.6.1"},
		End: new(answers.SubjectEnd),
	}
	var one answers.ListArgs
	reflect.ValueOf(&one).Elem().FieldByName(field).Set(reflect.ValueOf(all).FieldByName(field))
	return one
}

// Catches: an argument that does not count, so that a list gets the page of another one, and equal arguments that differ
// because they stand in different places.
func TestArgumentsAreEqualByValue(t *testing.T) {
	of := reflect.TypeFor[answers.ListArgs]()
	for i := range of.NumField() {
		field := of.Field(i).Name
		if reflect.ValueOf(someArgs(field)).Field(i).IsZero() {
			t.Errorf("%s is not tested", field)
		}
		if !someArgs(field).Equal(someArgs(field)) {
			t.Errorf("equal values of %s differ", field)
		}
		for k := range of.NumField() {
			if other := of.Field(k).Name; other != field && someArgs(field).Equal(someArgs(other)) {
				t.Errorf("%s equals %s", field, other)
			}
		}
		if (answers.ListArgs{}).Equal(someArgs(field)) || someArgs(field).Equal(answers.ListArgs{}) {
			t.Errorf("%s equals nothing", field)
		}
	}
	five, six := answers.ListArgs{First: new(5)}, answers.ListArgs{First: new(6)}
	if five.Equal(six) {
		t.Error("5 equals 6")
	}
}
