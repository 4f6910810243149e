// Rows by key and by mouse: Alt with an arrow moves the row that holds the focus, a handle drags it, a pasted table becomes rows.

const directions = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' };
// A message over the circuit holds 32 KB; what is longer goes through the paste panel.
const longest = 8000;

export function attach(root, rows) {
  const rowOf = target => {
    const row = target.closest?.('[data-row]');
    return row && row.closest('[data-rows]') === root ? row : null;
  };

  root.addEventListener('keydown', event => {
    const row = rowOf(event.target);
    const direction = directions[event.key];
    if (!row || !direction || !event.altKey || event.ctrlKey || event.metaKey || event.isComposing) {
      return;
    }
    event.preventDefault();
    const id = event.target.id ?? '';
    const part = id.startsWith(row.id) ? id.slice(row.id.length + 1) : '';
    rows.invokeMethodAsync('MoveRowAsync', Number(row.dataset.row), direction, part);
  });

  root.addEventListener('paste', event => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (event.target.matches?.('input[data-cell=name]') && rowOf(event.target) && text.trim().includes('\n') && text.length <= longest) {
      event.preventDefault();
      rows.invokeMethodAsync('PasteRowsAsync', text);
    }
  });

  drag(root, rows, rowOf);
}

function drag(root, rows, rowOf) {
  let dragged = null;
  let target = null;

  const mark = (row, where) => {
    target?.row.removeAttribute('data-drop');
    target = row ? { row, where } : null;
    row?.setAttribute('data-drop', where);
  };

  root.addEventListener('dragstart', event => {
    const row = event.target.closest?.('[data-drag]') ? rowOf(event.target) : null;
    if (row && !dragged) {
      dragged = row;
      row.classList.add('dragged');
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', '');
      event.dataTransfer.setDragImage(row, 0, 0);
    }
  });

  root.addEventListener('dragover', event => {
    const row = dragged ? rowOf(event.target) : null;
    if (!row || row === dragged) {
      mark(null);
      return;
    }
    event.preventDefault();
    const box = row.getBoundingClientRect();
    const part = (event.clientY - box.top) / box.height;
    const holds = row.dataset.holds === 'true';
    mark(row, holds && part > 0.3 && part < 0.7 ? 'inside' : part < 0.5 ? 'before' : 'after');
  });

  root.addEventListener('drop', event => {
    if (dragged && target) {
      event.preventDefault();
      rows.invokeMethodAsync('DropRowAsync', Number(dragged.dataset.row), Number(target.row.dataset.row), target.where);
    }
  });

  root.addEventListener('dragend', () => {
    dragged?.classList.remove('dragged');
    dragged = null;
    mark(null);
  });
}
