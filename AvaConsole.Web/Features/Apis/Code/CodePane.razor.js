// The code editor: Monaco from our own origin. Texts travel as differences, because a message over the circuit is small, and both sides count
// what they sent: an update that was made for another text than the one shown is refused and made again.

const base = new URL('_content/BlazorMonaco/lib/monaco-editor/min/vs', document.baseURI).href;
const quiet = 300;
const chunk = 4000;
let loading;

// A script element, not the loader's own way of evaluating text, which the content security policy forbids.
function load(language) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${base}/loader.js`;
    script.onerror = reject;
    script.onload = () => {
      const loader = window.require;
      loader.config({
        paths: { vs: base },
        preferScriptTags: true,
        'vs/nls': { availableLanguages: language.startsWith('zh') ? { '*': 'zh-cn' } : {} },
      });
      loader(['vs/editor/editor.main'], () => resolve(window.monaco), reject);
    };
    document.head.append(script);
  });
  return loading;
}

// Ahead of need, where there is room for the pane, and only when nothing else is to be done.
export function prepare() {
  if (matchMedia('(min-width: 1200px)').matches) {
    requestIdleCallback(() => load(document.documentElement.lang), { timeout: 1000 });
  }
}

const isDark = () => getComputedStyle(document.documentElement).colorScheme.includes('dark')
  && (document.documentElement.dataset.theme === 'dark' || matchMedia('(prefers-color-scheme: dark)').matches);

// Loads only once the pane is seen: on a narrow screen that may be never.
export function create(host, pane, options) {
  return new Code(host, pane, options);
}

class Code {
  constructor(host, pane, options) {
    this.pane = pane;
    this.sent = 0;
    this.updates = 0;
    this.composing = false;
    this.refused = false;
    this.timer = 0;
    this.shown = '';
    this.listeners = [];
    this.ending = new AbortController();
    this.watcher = new IntersectionObserver(entries => {
      if (entries.some(entry => entry.isIntersecting)) {
        this.watcher.disconnect();
        this.open(host, options);
      }
    });
    this.watcher.observe(host);
    // Whoever undoes wants what is on its way undone too.
    host.closest('[data-designer]')?.addEventListener('designer-flush', event => event.detail(this.flush()), { signal: this.ending.signal });
  }

  async open(host, { label, readOnly, suggests }) {
    const monaco = await load(document.documentElement.lang);
    if (this.ending.signal.aborted) {
      return;
    }
    this.monaco = monaco;
    this.readOnly = readOnly;
    const theme = () => monaco.editor.setTheme(isDark() ? 'vs-dark' : 'vs');
    theme();
    this.editor = monaco.editor.create(host, {
      value: '',
      language: 'yaml',
      ariaLabel: label,
      readOnly,
      automaticLayout: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      wordBasedSuggestions: 'off',
      quickSuggestions: suggests ? { other: true, comments: false, strings: true } : false,
      links: false,
      occurrencesHighlight: 'off',
      renderWhitespace: 'none',
      unicodeHighlight: { ambiguousCharacters: false },
      tabSize: 2,
      fontSize: 13,
      fixedOverflowWidgets: true,
      contextmenu: false,
    });
    this.model = this.editor.getModel();
    this.model.setEOL(monaco.editor.EndOfLineSequence.LF);
    this.listeners = [
      this.model.onDidChangeContent(() => this.onTyped()),
      // Tab leaves the editor: the page can be used with the keyboard alone.
      this.editor.onKeyDown(event => event.keyCode === monaco.KeyCode.Tab && event.stopPropagation()),
      this.editor.onDidCompositionStart(() => { this.composing = true; }),
      this.editor.onDidCompositionEnd(() => { this.composing = false; this.onTyped(); }),
    ];
    if (suggests) {
      this.listeners.push(this.suggest());
    }
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', theme, { signal: this.ending.signal });
    await this.pane.invokeMethodAsync('OnReadyAsync');
  }

  // Typing becomes one edit per pause; what an update wrote is not typed.
  onTyped() {
    if (this.writing) {
      return;
    }
    if (this.keep) {
      write(this.keep, this.model.getValue());
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), quiet);
  }

  // What was typed before the page was lost is typed again, as one step that can be undone. From now on, typing is kept.
  restore(keep) {
    this.keep = keep;
    const kept = read(keep);
    if (kept === null || kept === this.model.getValue()) {
      return false;
    }
    this.model.pushEditOperations([], [{ range: this.model.getFullModelRange(), text: kept }], () => null);
    return true;
  }

  forget() {
    if (this.keep) {
      write(this.keep, null);
    }
  }

  // The server knows what may stand here; what is on its way belongs to the question.
  suggest() {
    const { monaco } = this;
    return monaco.languages.registerCompletionItemProvider('yaml', {
      triggerCharacters: [' '],
      provideCompletionItems: async (model, position) => {
        if (model !== this.model) {
          return { suggestions: [] };
        }
        await this.flush();
        const found = await this.pane.invokeMethodAsync('OnSuggest', position.lineNumber, position.column);
        const word = model.getWordUntilPosition(position);
        const range = new monaco.Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn);
        const { Property, Value } = monaco.languages.CompletionItemKind;
        return {
          suggestions: found.map(({ label, insert, description, isMember }) => ({
            label, insertText: insert, documentation: description, kind: isMember ? Property : Value, range,
          })),
        };
      },
    });
  }

  isBusy() {
    return this.composing || this.timer !== 0;
  }

  // Sends what was typed and waits until it has become part of the draft.
  async flush() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.composing || !this.model) {
      return;
    }
    const text = this.model.getValue();
    if (text !== this.shown) {
      const { start, removed, added } = difference(this.shown, text);
      this.shown = text;
      this.sent++;
      // Whoever reads in pieces puts them together again; the last one is short or empty.
      let at = 0;
      for (; added.length - at > chunk; at += chunk) {
        await this.pane.invokeMethodAsync('OnPieceAsync', added.slice(at, at + chunk));
      }
      await this.pane.invokeMethodAsync('OnTypedAsync', this.sent, this.updates, start, removed, added.slice(at));
    }
    if (this.refused) {
      this.refused = false;
      await this.pane.invokeMethodAsync('OnIdleAsync');
    }
  }

  // Changes the text without moving the cursor in another place. False: something was typed meanwhile, ask again later.
  update(sent, start, removed, added, language) {
    if (sent !== this.sent || this.isBusy()) {
      this.refused = true;
      return false;
    }
    this.updates++;
    this.writing = true;
    const before = this.editor.getSelection();
    const range = this.monaco.Range.fromPositions(this.model.getPositionAt(start), this.model.getPositionAt(start + removed));
    this.editor.updateOptions({ readOnly: false });
    this.model.applyEdits([{ range, text: added }]);
    this.editor.updateOptions({ readOnly: this.readOnly });
    // What was written at the cursor is not selected by that.
    const after = this.editor.getSelection();
    if (before.isEmpty() && !after.isEmpty()) {
      this.editor.setPosition(after.getStartPosition());
    }
    this.writing = false;
    this.shown = this.model.getValue();
    if (language && this.model.getLanguageId() !== language) {
      this.monaco.editor.setModelLanguage(this.model, language);
    }
    return true;
  }

  mark(problems) {
    if (!this.model) {
      return;
    }
    const severity = this.monaco.MarkerSeverity;
    this.monaco.editor.setModelMarkers(this.model, 'draft', problems.map(({ line, text, error }) => {
      const at = Math.min(Math.max(line, 1), this.model.getLineCount());
      return {
        startLineNumber: at, endLineNumber: at, startColumn: 1, endColumn: this.model.getLineMaxColumn(at),
        message: text, severity: error ? severity.Error : severity.Warning,
      };
    }));
  }

  reveal(line) {
    this.editor?.focus();
    this.editor?.revealLineInCenter(line);
    this.editor?.setPosition({ lineNumber: line, column: 1 });
  }

  dispose() {
    clearTimeout(this.timer);
    this.ending.abort();
    this.watcher.disconnect();
    this.listeners.forEach(listener => listener.dispose());
    this.model?.dispose();
    this.editor?.dispose();
  }
}

// Private windows may refuse to keep anything.
function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key, text) {
  try {
    if (text === null) {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, text);
    }
  } catch {
    // The text then lasts as long as the page.
  }
}

function difference(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) {
    start++;
  }
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) {
    start--;
  }
  let end = 0;
  while (end < most - start && before.charCodeAt(before.length - end - 1) === after.charCodeAt(after.length - end - 1)) {
    end++;
  }
  if (end > 0 && isLow(before.charCodeAt(before.length - end))) {
    end--;
  }
  return { start, removed: before.length - end - start, added: after.slice(start, after.length - end) };
}

const isHigh = code => code >= 0xd800 && code < 0xdc00;
const isLow = code => code >= 0xdc00 && code < 0xe000;
