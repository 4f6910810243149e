using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>A parameter after one of its members was edited.</summary>
public sealed record ParameterChange(ApiParameter Parameter, string Member);

/// <summary>A payload entry after one of its members was edited.</summary>
public sealed record EntryChange(PayloadEntry Entry, string Member);
