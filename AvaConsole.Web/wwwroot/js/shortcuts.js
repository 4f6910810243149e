// The one key listener of a page. Deciding here, not in the component, is what makes preventDefault come in time.

const chordTime = 1200;
const queryDelay = 120;

let component = null;
let options = { singleKeys: true, chords: '' };
let chordStarted = 0;
let queryTimer = 0;
let composing = false;

const palette = () => document.getElementById('palette');
const input = () => document.getElementById('palette-input');

export function start(dotNet, settings) {
  component = dotNet;
  options = settings;
  document.addEventListener('keydown', onKeyDown);
  document.addEventListener('click', onClick);
  input().addEventListener('input', onInput);
  input().addEventListener('compositionstart', () => { composing = true; });
  input().addEventListener('compositionend', () => { composing = false; onInput(); });
  document.documentElement.dataset.shortcuts = 'ready';
}

export function configure(settings) {
  options = settings;
}

export function stop() {
  document.removeEventListener('keydown', onKeyDown);
  document.removeEventListener('click', onClick);
  component = null;
}

export function closePalette() {
  palette()?.close();
}

export function closeHelp() {
  document.getElementById('shortcut-help')?.close();
}

export function reveal(id) {
  document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
}

function openPalette() {
  const dialog = palette();
  if (!dialog || dialog.open || document.querySelector('dialog[open]')) {
    return;
  }
  input().value = '';
  dialog.showModal();
  input().focus();
  component?.invokeMethodAsync('QueryAsync', '');
}

function openHelp() {
  const dialog = document.getElementById('shortcut-help');
  if (dialog && !document.querySelector('dialog[open]')) {
    dialog.showModal();
  }
}

function onClick(event) {
  if (event.target.closest('[data-palette-open]')) {
    openPalette();
  } else if (event.target.closest('[data-help-open]')) {
    openHelp();
  } else if (event.target.closest('[data-dialog-close]') || event.target.matches('dialog.overlay')) {
    // A click on the dialog element itself is a click on its backdrop: its content covers the rest.
    event.target.closest('dialog')?.close();
  }
}

function onInput() {
  if (composing) {
    return;
  }
  window.clearTimeout(queryTimer);
  queryTimer = window.setTimeout(() => component?.invokeMethodAsync('QueryAsync', input().value), queryDelay);
}

function onKeyDown(event) {
  // While an input method composes, every key belongs to it; 229 is what some browsers send instead of the flag.
  if (event.isComposing || composing || event.keyCode === 229 || !component) {
    return;
  }
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    openPalette();
  } else if (palette()?.open) {
    onPaletteKey(event);
  } else if (options.singleKeys && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
    onSingleKey(event);
  }
}

function onPaletteKey(event) {
  const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
  if (move) {
    event.preventDefault();
    component.invokeMethodAsync('MoveAsync', move);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    window.clearTimeout(queryTimer);
    component.invokeMethodAsync('RunAsync', input().value);
  }
}

function onSingleKey(event) {
  const startedAt = chordStarted;
  chordStarted = 0;
  if (document.querySelector('dialog[open], .rz-dialog')) {
    return;
  }
  if (startedAt && event.timeStamp - startedAt < chordTime && options.chords.includes(event.key)) {
    event.preventDefault();
    component.invokeMethodAsync('ChordAsync', event.key);
  } else if (event.key === 'g') {
    chordStarted = event.timeStamp;
  } else if (event.key === '?') {
    event.preventDefault();
    openHelp();
  } else if (event.key === '/') {
    event.preventDefault();
    const search = document.querySelector('#main [data-search], #main input[type="search"]');
    if (search) {
      search.focus();
      search.select?.();
    } else {
      openPalette();
    }
  }
}

function isTyping(target) {
  return target.closest?.('input, textarea, select, [contenteditable=""], [contenteditable="true"]') != null;
}
