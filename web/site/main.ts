// The scripts of the explorer's pages. A page without them has the same content.
import './fonts.css';
import './search.ts';
import './page.ts';
