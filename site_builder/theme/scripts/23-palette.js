// The button for light and dark presses the choice that Material keeps.
for (const button of document.querySelectorAll("[data-presses]")) {
  button.addEventListener("click", () => {
    document.getElementById(button.dataset.presses)?.click();
    document.querySelector("[data-presses]:not([hidden])")?.focus();
  });
  // On Enter Material would press it once more.
  button.addEventListener("keydown", (event) => event.stopPropagation());
}
