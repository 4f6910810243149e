// Hands the text over as a stream, a moment after the last key stroke and at once when the field is left.

const quiet = 400;

export function attach(area, field) {
  let timer = 0;
  let sent = area.value;
  const send = () => {
    clearTimeout(timer);
    if (area.value !== sent) {
      sent = area.value;
      field.invokeMethodAsync('ReadAsync', DotNet.createJSStreamReference(new TextEncoder().encode(sent)));
    }
  };
  area.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(send, quiet);
  });
  area.addEventListener('change', send);
  area.shown = text => {
    sent = text;
  };
}

export function show(area, text) {
  area.shown?.(text);
  area.value = text;
}
