using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AvaConsole.Core.Images.Recipes.Builds;

/// <summary>
/// What an engine writes while it builds, line by line and in the order in which it comes. Of a long one the beginning and the end are kept; a line
/// <c>⋯ 1234 ⋯</c> says how many were left out between them. Safe for several writers.
/// </summary>
public sealed partial class BuildLog
{
    /// <summary>Bytes in UTF-8.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const int HeadBytes = MaxBytes / 4;

    /// <summary>Room for the line that says how many are left out.</summary>
    private const int TailBytes = MaxBytes - HeadBytes - 64;

    /// <summary>Characters; more of them without an end are a line all the same.</summary>
    private const int MaxLine = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly StringBuilder _head = new();
    private readonly Queue<(string Line, int Bytes)> _tail = [];
    private readonly List<string> _secrets = [];
    private int _headBytes;
    private int _tailBytes;
    private int _leftOut;

    /// <summary>Grows with each line.</summary>
    public int Version { get; private set; }

    /// <summary>Replaces a secret wherever a line says it.</summary>
    public void Hide(string secret)
    {
        lock (_lock)
        {
            if (secret.Length > 0)
            {
                _secrets.Add(secret);
            }
        }
    }

    /// <summary>One writer's half-read line; each stream of the engine has its own.</summary>
    public LineWriter OpenWriter() => new(this);

    /// <summary>A line without its end. What steers a terminal is left out.</summary>
    public void Add(string line)
    {
        var plain = Plain(line);
        lock (_lock)
        {
            foreach (var secret in _secrets)
            {
                plain = plain.Replace(secret, "***", StringComparison.Ordinal);
            }

            Version++;
            Keep(plain + "\n");
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            var text = new StringBuilder(_head.Length + _tailBytes + 64).Append(_head);
            if (_leftOut > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"⋯ {_leftOut} ⋯\n");
            }

            foreach (var (line, _) in _tail)
            {
                text.Append(line);
            }

            return text.ToString();
        }
    }

    private void Keep(string line)
    {
        var bytes = Encoding.UTF8.GetByteCount(line);
        if (_tail.Count == 0 && _leftOut == 0 && _headBytes + bytes <= HeadBytes)
        {
            _head.Append(line);
            _headBytes += bytes;
            return;
        }

        _tail.Enqueue((line, bytes));
        _tailBytes += bytes;
        while (_tailBytes > TailBytes)
        {
            _tailBytes -= _tail.Dequeue().Bytes;
            _leftOut++;
        }
    }

    private static string Plain(string line) =>
        new([.. Escapes().Replace(line, "").Select(character => character == '\t' || !char.IsControl(character) ? character : '\ufffd')]);

    // ECMA-48: control sequences, and strings such as a window's title.
    [GeneratedRegex("""\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|[@-Z\\^_])""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Escapes();

    /// <summary>Makes lines of the pieces of one stream.</summary>
    public sealed class LineWriter(BuildLog log)
    {
        private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();
        private readonly StringBuilder _line = new();

        public void Write(ReadOnlySpan<byte> bytes)
        {
            var characters = new char[_decoder.GetCharCount(bytes, flush: false)];
            _decoder.GetChars(bytes, characters, flush: false);
            foreach (var character in characters)
            {
                // A carriage return begins a progress line anew.
                if (character is '\n' or '\r')
                {
                    End(always: character == '\n');
                }
                else
                {
                    _line.Append(character);
                    if (_line.Length >= MaxLine && !char.IsHighSurrogate(character))
                    {
                        End(always: true);
                    }
                }
            }
        }

        /// <summary>The stream is over.</summary>
        public void Flush() => End(always: false);

        private void End(bool always)
        {
            if (always || _line.Length > 0)
            {
                log.Add(_line.ToString());
                _line.Clear();
            }
        }
    }
}
