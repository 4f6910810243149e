// What the designer page must do in the browser itself: keys whose default has to be prevented at once, the width of the panes, and saying where
// the focus is and whether an input method composes.

const typed = 'input, textarea, select, [contenteditable="true"]';
const splitKey = 'avaconsole.designer.split';

export function attach(root, page) {
  const ending = new AbortController();
  const on = (target, type, listener, options) => target.addEventListener(type, listener, { ...options, signal: ending.signal });

  on(document, 'keydown', event => {
    const step = undoKey(event);
    if (step && isOurs(root, event.target)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      walk(root, page, step);
    }
  }, { capture: true });
  // The same from the browser's menu.
  on(root, 'beforeinput', event => {
    if (event.inputType.startsWith('history') && isOurs(root, event.target)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      walk(root, page, event.inputType === 'historyUndo' ? 'UndoAsync' : 'RedoAsync');
    }
  }, { capture: true });
  attachComposition(root, page, on);
  attachFocus(root, page, on);
  attachDivider(root, on);
  // From now on keys are heard.
  root.toggleAttribute('data-ready', true);
  return { dispose: () => ending.abort() };
}

function undoKey(event) {
  if (event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) {
    return null;
  }
  switch (event.key.toLowerCase()) {
    case 'z': return event.shiftKey ? 'RedoAsync' : 'UndoAsync';
    case 'y': return event.shiftKey ? null : 'RedoAsync';
    default: return null;
  }
}

// Fields elsewhere (a dialog, the palette, a box to paste into) have their own undo.
function isOurs(root, target) {
  if (!(target instanceof Element) || target.closest('dialog, [role="dialog"], [data-own-undo]')) {
    return false;
  }
  return root.contains(target) || !target.matches(typed);
}

// What is still on its way from the code pane is part of what is undone.
async function walk(root, page, step) {
  const waiting = [];
  root.dispatchEvent(new CustomEvent('designer-flush', { detail: promise => waiting.push(promise) }));
  await Promise.allSettled(waiting);
  await page.invokeMethodAsync(step);
}

// What other people save is held back while an input method composes.
function attachComposition(root, page, on) {
  on(root, 'compositionstart', () => page.invokeMethodAsync('SetComposingAsync', true));
  on(root, 'compositionend', () => page.invokeMethodAsync('SetComposingAsync', false));
}

function attachFocus(root, page, on) {
  let last = '';
  let timer = 0;
  const tell = () => {
    const active = document.activeElement;
    const field = !root.contains(active) ? '' : active.closest('.monaco-editor') ? 'code' : active.id ?? '';
    if (field !== last) {
      last = field;
      page.invokeMethodAsync('FocusedAsync', field);
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(tell, 300);
  };
  // Somebody may be in a field already.
  later();
  on(root, 'focusin', later);
  on(root, 'focusout', later);
}

function attachDivider(root, on) {
  const divider = root.querySelector('[data-divider]');
  const panes = divider.parentElement;
  const set = percent => {
    const value = Math.round(Math.min(75, Math.max(25, percent)));
    panes.style.setProperty('--split', value);
    divider.setAttribute('aria-valuenow', value);
    try {
      localStorage.setItem(splitKey, value);
    } catch {
      // Kept for this page only.
    }
  };
  try {
    const kept = Number(localStorage.getItem(splitKey));
    if (kept) {
      set(kept);
    }
  } catch {
    // The usual width.
  }
  on(divider, 'keydown', event => {
    const now = Number(divider.getAttribute('aria-valuenow'));
    const target = { ArrowLeft: now - 2, ArrowRight: now + 2, Home: 25, End: 75 }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      set(target);
    }
  });
  on(divider, 'pointerdown', event => divider.setPointerCapture(event.pointerId));
  on(divider, 'pointermove', event => {
    if (divider.hasPointerCapture(event.pointerId)) {
      const box = panes.getBoundingClientRect();
      set(((event.clientX - box.left) / box.width) * 100);
    }
  });
}
