namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>What a place that rows are pasted into can take.</summary>
public enum PastedRowKind
{
    Parameters,

    /// <summary>Parameters, and payload entries of the files in a sample.</summary>
    ParametersAndEntries,

    /// <summary>Payload entries only.</summary>
    Entries,
}
