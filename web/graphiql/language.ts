/** The languages of a reader, the preferred one first. */
export type Languages = ['en', 'ar'] | ['ar', 'en'];

const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language;

/** The languages by ?lang= or else by the browser. */
export const languages: Languages = /^ar\b/i.test(asked) ? ['ar', 'en'] : ['en', 'ar'];
