using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Editing;
using AvaConsole.Core.Schemas.Formats;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Apis.Code;

/// <summary>A format that drafts are exported in.</summary>
public sealed record ExportFormat(string Id, SchemaFormat Format, SchemaWriteOptions Options, string Extension, string MediaType)
{
    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        new("ase", SchemaFormat.Ase, new SchemaWriteOptions(), ".yaml", "text/yaml"),
        new("webgate", SchemaFormat.Webgate, new SchemaWriteOptions(), ".schema.json", "application/json"),
        new("openapi", SchemaFormat.OpenApi, new SchemaWriteOptions { Yaml = true }, ".openapi.yaml", "text/yaml"),
        new("openapi30", SchemaFormat.OpenApi, new SchemaWriteOptions { Yaml = true, OpenApiVersion = "3.0" }, ".openapi30.yaml", "text/yaml"),
        new("jsonschema", SchemaFormat.JsonSchema, new SchemaWriteOptions(), ".request.schema.json", "application/schema+json"),
    ];
}

/// <summary>Files in and out. An import shows what the draft could not hold before it replaces anything.</summary>
public sealed partial class ImportExport : IAsyncDisposable
{
    private const int Megabytes = 4;

    private (string Name, ApiSchema Schema)? _import;
    private string? _message;
    private IReadOnlyList<string> _details = [];
    private ElementReference _root;
    private IJSObjectReference? _module;

    [Inject]
    public required IStringLocalizer<DesignerText> D { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Inject]
    public required BrowserModule Browser { get; init; }

    [Parameter, EditorRequired]
    public required DraftEditor Editor { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    public async ValueTask DisposeAsync() => await _module.SafeDisposeAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "/Features/Apis/Code/ImportExport.razor.js");
            await _module.InvokeVoidAsync("attach", _root);
        }
    }

    private async Task ReadAsync(InputFileChangeEventArgs args)
    {
        Close();
        if (args.FileCount == 0)
        {
            return;
        }

        var file = args.File;
        if (file.Size > Megabytes * 1024 * 1024)
        {
            _message = D["ImportTooLarge", file.Name, Megabytes];
            return;
        }

        try
        {
            using var reader = new StreamReader(file.OpenReadStream(Megabytes * 1024 * 1024), Encoding.UTF8);
            Show(file.Name, await reader.ReadToEndAsync());
        }
        catch (Exception exception) when (exception is IOException or JSException or OperationCanceledException)
        {
            _message = D["ImportFailed", file.Name];
        }
    }

    private void Show(string name, string text)
    {
        var read = SchemaReader.Read(text, name);
        if (!read.IsSuccess)
        {
            (_message, _details) = (D["ImportFailed", name], Messages(read.Error));
            return;
        }

        var format = D["Format_" + read.Value.Format.ToString().ToLowerInvariant()];
        _import = (name, read.Value.Schema);
        _message = D["ImportTitle", name, format];
        _details = read.Value.Notes.Count == 0 ? [D["ImportNoNotes"]] : Lines(read.Value.Notes);
    }

    private void Replace()
    {
        var (name, schema) = _import!.Value;
        Editor.Replace(new EditLabel("Imported", name), schema);
        Close();
    }

    private async Task ExportAsync(ExportFormat format)
    {
        Close();
        var written = SchemaWriter.Write(Editor.Schema, format.Format, format.Options);
        var name = D["Format_" + format.Id].Value;
        if (!written.IsSuccess)
        {
            (_message, _details) = (D["ExportRefused", name], Messages(written.Error));
            return;
        }

        if (written.Value.Notes.Count > 0)
        {
            (_message, _details) = (D["ExportReady", name, written.Value.Notes.Count], Lines(written.Value.Notes));
        }

        var file = (Editor.Schema.Service.Length == 0 ? "api" : Editor.Schema.Service) + format.Extension;
        await Browser.SaveFileAsync(file, format.MediaType, written.Value.Text);
    }

    private void Close() => (_import, _message, _details) = (null, null, []);

    private List<string> Lines(IReadOnlyList<SchemaNote> notes) => [.. notes.Select(note =>
    {
        var text = Presenter.Text(note.Code, note.Args);
        return note.Line is { } line ? D["CodeLine", line, text].Value : note.Pointer.Length > 0 ? $"{note.Pointer}: {text}" : text;
    })];

    private List<string> Messages(Error error) => error is InvalidError invalid
        ? [.. invalid.Problems.Select(problem => problem.Field.Length > 0 ? $"{problem.Field}: {Presenter.Text(problem.Code, problem.Args)}" : Presenter.Text(problem.Code, problem.Args))]
        : [Presenter.Text(error)];
}
