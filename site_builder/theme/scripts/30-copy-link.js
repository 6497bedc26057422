// Copies the whole address of a section, and says so: to the eyes beside the button, to the ears in
// a live region. Its words are the page's own. Without this script there is no button.
(function () {
  const SHOWN_FOR = 4000;

  function show() {
    for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = false;
  }

  // Many offices' sites are served without encryption, where browsers keep the clipboard's own
  // interface back.
  function copyBySelection(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "copy-link__field";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelection(text);
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const address = new URL(button.dataset.copy, location.href.split("#")[0]).href;
    const done = await copy(address);
    button.focus();
    const said = button.nextElementSibling;
    said.textContent = done ? button.dataset.done : button.dataset.failed;
    clearTimeout(said.timer);
    said.timer = setTimeout(() => { said.textContent = ""; }, SHOWN_FOR);
  });

  // Material swaps pages without loading them where "instant navigation" is on.
  if (window.document$) window.document$.subscribe(show);
  else show();
})();
