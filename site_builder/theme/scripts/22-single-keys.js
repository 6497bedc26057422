// Material jumps to the next page at "n", to the one before at "p", into the search at "s" or "f":
// whoever speaks to the computer sets them off by talking, and they cannot be switched off (WCAG 2.1.4).
window.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (!typing && ["f", "s", "/", "p", ",", "n", "."].includes(event.key)) event.stopImmediatePropagation();
}, true);
