// The theme's search boxes for records carry no name that a screen reader could say: they get that of their field.
"use strict";
const UNNAMED = "[role=combobox], [role=searchbox], [role=textbox]";
function nameComboboxes() {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.nextElementSibling;
    if (!label || !box) continue;
    for (const part of box.querySelectorAll(UNNAMED)) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", label.textContent.trim().replace(/\s*\*$/, ""));
    }
    // Where several may be chosen and none is, the theme puts an empty placeholder among the items of a list.
    for (const stray of box.querySelectorAll("ul > span")) stray.remove();
  }
}
new MutationObserver(nameComboboxes).observe(document.documentElement, { childList: true, subtree: true });
