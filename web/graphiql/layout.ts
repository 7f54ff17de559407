/** Matches screens with one column. style.css has the same width. */
export const isPhone = matchMedia('(width < 48rem)');
