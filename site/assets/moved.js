// An old address leads to the new one, and to the same place on the page.
(() => {
  "use strict";
  location.replace(document.currentScript.dataset.to + location.hash);
})();
