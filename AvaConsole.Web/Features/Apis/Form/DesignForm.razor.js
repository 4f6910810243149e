// What is typed is sent at once, and at most every `pause` milliseconds while somebody types fast; what an input method composes only when
// it is done, so that no half word reaches the draft and nothing is drawn over the candidate window.

const pause = 60;

export function attach(root) {
  const waiting = new Map();
  const last = new WeakMap();

  const send = field => {
    clearTimeout(waiting.get(field));
    waiting.delete(field);
    last.set(field, performance.now());
    field.dispatchEvent(new CustomEvent('input', { bubbles: true, detail: 'settled' }));
  };

  const flush = () => [...waiting.keys()].forEach(send);

  root.addEventListener('input', event => {
    const field = event.target;
    if (event.detail === 'settled' || !field.matches('input:not([type=checkbox], [type=radio]), textarea')) {
      return;
    }
    if (event.isComposing) {
      event.stopPropagation();
      return;
    }
    const left = pause - (performance.now() - (last.get(field) ?? -pause));
    if (left <= 0 && !waiting.has(field)) {
      last.set(field, performance.now());
      return;
    }
    event.stopPropagation();
    clearTimeout(waiting.get(field));
    waiting.set(field, setTimeout(() => send(field), Math.max(left, 0)));
  }, true);

  // The last input event of a composition comes before its end in some browsers and after it in others.
  root.addEventListener('compositionend', event => send(event.target));
  root.addEventListener('focusout', event => waiting.has(event.target) && send(event.target), true);
  root.addEventListener('keydown', event => {
    if ((event.key === 'Enter' || event.altKey || event.ctrlKey || event.metaKey) && !event.isComposing) {
      flush();
    }
  }, true);
  document.addEventListener('visibilitychange', flush);
  return { dispose: () => document.removeEventListener('visibilitychange', flush) };
}
