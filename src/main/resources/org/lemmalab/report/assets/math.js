// Typesets every element of class "tex". A statement is set in lines of text, so that it breaks where it is too long.
document.addEventListener("DOMContentLoaded", () => {
  for (const element of document.querySelectorAll(".tex")) {
    const text = element.textContent;
    const display = element.classList.contains("display");
    katex.render(display ? "\\displaystyle " + text : text, element, {
      throwOnError: false,
      strict: false,
      trust: (context) => context.command === "\\htmlClass",
    });
  }
});
