// Airflow shows this page in a frame that may not navigate its parent, so the parent itself follows links to Airflow.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[target=_top]");
  if (!link || parent === window || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const copy = parent.document.createElement("a");
  copy.href = link.href;
  parent.document.body.append(copy);
  copy.click();
  copy.remove();
});
