namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>Takes the elements of a tensor one after the other.</summary>
internal interface IElementSink
{
    /// <param name="at">On the element; afterwards behind it.</param>
    ElementFault Take(ReadOnlySpan<byte> json, ref int at, int index);
}

/// <summary>Elements of one size, straight into the tensor's memory.</summary>
internal readonly ref struct NumberSink<T, TReader>(Span<T> target) : IElementSink
    where T : unmanaged
    where TReader : IElementReader<T>
{
    private readonly Span<T> _target = target;

    public ElementFault Take(ReadOnlySpan<byte> json, ref int at, int index) => TReader.Read(json, ref at, out _target[index]);
}

/// <summary>Walks a tensor's <c>data</c>: flat, or nested as its shape, wholly or in its first dimensions.</summary>
internal static class TensorData
{
    /// <param name="at">On the opening bracket; afterwards behind the closing one, or where the fault is.</param>
    /// <param name="count">Product of <paramref name="shape"/>.</param>
    /// <param name="taken">Elements that were read.</param>
    public static ElementFault Walk<TSink>(ReadOnlySpan<byte> json, ref int at, ReadOnlySpan<long> shape, int count, ref TSink sink, out int taken)
        where TSink : IElementSink, allows ref struct
    {
        Span<int> opened = stackalloc int[Math.Max(1, shape.Length)];
        Span<long> whole = stackalloc long[opened.Length];
        whole[0] = count;
        for (var dimension = 1; dimension < shape.Length; dimension++)
        {
            whole[dimension] = Product(shape[dimension..]);
        }

        (taken, var depth) = (0, 0);
        while (true)
        {
            // On a value, or on what closes an array that was just opened.
            var next = Peek(json, ref at);
            if (next == '[')
            {
                if (depth == opened.Length)
                {
                    return ElementFault.Nesting;
                }

                opened[depth++] = taken;
                at++;
                if (Peek(json, ref at) != ']')
                {
                    continue;
                }
            }
            else
            {
                if (depth == 0)
                {
                    return ElementFault.WrongKind;
                }

                if (taken == count)
                {
                    return ElementFault.TooMany;
                }

                var fault = sink.Take(json, ref at, taken);
                if (fault != ElementFault.None)
                {
                    return fault;
                }

                taken++;
            }

            // Behind a value.
            while ((next = Peek(json, ref at)) == ']')
            {
                at++;
                if (taken - opened[--depth] != whole[depth])
                {
                    return depth == 0 ? ElementFault.TooFew : ElementFault.Nesting;
                }

                if (depth == 0)
                {
                    return ElementFault.None;
                }
            }

            if (next != ',')
            {
                return ElementFault.NotJson;
            }

            at++;
        }
    }

    /// <summary>The next byte that is no white space; 0 at the end.</summary>
    private static byte Peek(ReadOnlySpan<byte> json, ref int at)
    {
        while (at < json.Length)
        {
            var next = json[at];
            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return next;
            }

            at++;
        }

        return 0;
    }

    private static long Product(ReadOnlySpan<long> lengths)
    {
        var product = 1L;
        foreach (var length in lengths)
        {
            product *= length;
        }

        return product;
    }
}
