// Runs before Streamlit's own page. Streamlit asks around for its server unless it is told where it is, and fills the
// console with 404s on every link but the first page's.
window.__streamlit = { BACKEND_BASE_URL: location.origin };

// The one word of English on a drawer is the name of its cross, which a screen reader says.
new MutationObserver(() => {
  document.querySelectorAll("[role=dialog] [aria-label=Close]").forEach((cross) => cross.setAttribute("aria-label", "关闭"));
}).observe(document, { childList: true, subtree: true });

// On a phone the menu lies over the page and Streamlit leaves it open when a page was chosen: fold it.
document.addEventListener("click", (event) => {
  const chosen = event.target instanceof Element && event.target.closest("[data-testid=stSidebarNavLink]");
  if (chosen && innerWidth < 768) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
});
