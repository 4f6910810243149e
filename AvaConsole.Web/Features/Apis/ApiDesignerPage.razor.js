// Alt+↑ and Alt+↓ move the row that holds the focus. Keys are caught here because preventing the default over the wire comes a key too late.

export function attach(root, page) {
  root.addEventListener('keydown', event => {
    const row = event.target.closest('[data-row-list]');
    if (!row || !event.altKey || event.isComposing || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) {
      return;
    }
    event.preventDefault();
    const delta = event.key === 'ArrowUp' ? -1 : 1;
    page.invokeMethodAsync('MoveRowAsync', row.dataset.rowList, Number(row.dataset.rowIndex), delta, event.target.id || row.id);
  });
}
