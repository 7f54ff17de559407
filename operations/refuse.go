package operations

import "masar"

// overloaded tells that there is no place to run in.
func overloaded() *masar.Error {
	return masar.Errorf(masar.CodeOverloaded, "the service has too much to do just now; try again in a few seconds",
		"الخدمة مشغولة الآن فوق طاقتها؛ حاول مرة أخرى بعد بضع ثوانٍ")
}

// tooMany tells a client that it has sent more than its share.
func tooMany(r Rate, wait float64) *masar.Error {
	return masar.Errorf(masar.CodeRateLimited, "a client may send %s requests; try again in %.0f s",
		"الحد الأقصى للطلبات لكل عميل هو %s؛ حاول مرة أخرى بعد %.0f ثانية", r, wait)
}

// tooManyAtOnce tells a client that it runs more than its share.
func tooManyAtOnce(share int) *masar.Error {
	return masar.Errorf(masar.CodeRateLimited, "a client may have %d requests at once; send them one after another",
		"الحد الأقصى للطلبات المتزامنة لكل عميل هو %d؛ أرسلها واحدة بعد أخرى", share)
}
