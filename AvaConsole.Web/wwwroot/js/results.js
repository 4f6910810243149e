// Arrows move from a search box through the results below it, and Escape back; Enter follows the link as it always does.

export function attach(root) {
  root.addEventListener('keydown', event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      return;
    }
    const box = root.querySelector('input[type=search]');
    const links = [...root.querySelectorAll('[data-result]')];
    const at = links.indexOf(event.target);
    if (event.target !== box && at < 0) {
      return;
    }
    if (event.key === 'Escape' && at >= 0) {
      box.focus();
    } else if (event.key === 'ArrowDown' && at + 1 < links.length) {
      event.preventDefault();
      links[at + 1].focus();
    } else if (event.key === 'ArrowUp' && at >= 0) {
      event.preventDefault();
      (links[at - 1] ?? box).focus();
    }
  });
}
